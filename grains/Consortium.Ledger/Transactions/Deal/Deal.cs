namespace Consortium.Ledger.Transactions;

/// <summary>
/// Legs of several parties settled together or not at all; signed by the authority of every account that gives, and of
/// every account that receives only by consent (SPEC.md section 3.6).
/// </summary>
/// <param name="Legs">What moves.</param>
/// <param name="Reference">For the parties; no rule reads it.</param>
public sealed record Deal(IReadOnlyList<DealLeg> Legs, string Reference) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.Deal;
}
