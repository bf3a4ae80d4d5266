namespace Consortium.Gateway.Node;

/// <summary>What an account holds, exactly as it was after one journal position.</summary>
/// <param name="Position">The journal position.</param>
/// <param name="Holdings">The holdings, in order of instrument.</param>
public sealed record AccountHoldings(ulong Position, IReadOnlyList<AccountHolding> Holdings);
