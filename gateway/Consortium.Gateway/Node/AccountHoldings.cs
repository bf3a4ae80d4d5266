namespace Consortium.Gateway.Node;

/// <summary>All holdings of an account, exactly as they were after one journal position.</summary>
/// <param name="Position">The journal position.</param>
/// <param name="Holdings">The holdings, in order of instrument.</param>
public sealed record AccountHoldings(ulong Position, IReadOnlyList<AccountHolding> Holdings);
