using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Opens an account; signed by the custodian's authority (SPEC.md section 3.1).</summary>
/// <param name="Custodian">The member that keeps the account.</param>
/// <param name="Owner">The beneficial owner.</param>
/// <param name="Authority">The keys that will sign for the account.</param>
/// <param name="ConsentRequired">Whether credits need the authority's signatures too.</param>
/// <param name="Salt">At most 32 bytes, hexadecimal, that tell accounts of one owner apart.</param>
public sealed record OpenAccount(
    MemberId Custodian,
    PartyId Owner,
    Authority Authority,
    bool ConsentRequired,
    string Salt) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.OpenAccount;

    /// <summary>The account that this opens.</summary>
    public AccountId AccountId => Derive.Account(OpenAccountRules.ToWire(this).ToByteArrayCanonical());
}
