using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Replaces an account's authority; signed by the one it replaces (SPEC.md section 3.2).</summary>
/// <param name="Account">The account.</param>
/// <param name="Authority">The new authority.</param>
public sealed record RotateKeys(AccountId Account, Authority Authority) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.RotateKeys;
}
