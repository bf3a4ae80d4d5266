using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Freezes or unfreezes an account; signed by the custodian's authority (SPEC.md section 3.9).</summary>
/// <param name="Account">The account.</param>
/// <param name="Frozen"><see langword="true"/> to freeze the account, <see langword="false"/> to end the freeze.</param>
/// <param name="Reason">The reason, which every member can read; 1 to 140 UTF-8 bytes.</param>
public sealed record SetFreeze(AccountId Account, bool Frozen, string Reason) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.SetFreeze;
}
