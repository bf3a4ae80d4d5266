namespace Consortium.Ledger.Transactions;

/// <summary>
/// Legs of several parties settled together or not at all; signed by the authority of every account that gives, and of
/// every account that receives only by consent (SPEC.md section 3.6).
/// </summary>
/// <param name="Legs">The amounts that each account gives and receives.</param>
/// <param name="Reference">Text by which the parties recognise the deal; no rule reads it.</param>
public sealed record Deal(IReadOnlyList<DealLeg> Legs, string Reference) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.Deal;
}
