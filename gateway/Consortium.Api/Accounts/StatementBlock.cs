namespace Consortium.Api;

/// <summary>What a block did to an account.</summary>
/// <param name="Height">The block.</param>
/// <param name="TimeMs">Time of the block's cut.</param>
/// <param name="Lines">One per instrument that changed.</param>
public sealed record StatementBlock(ulong Height, ulong TimeMs, IReadOnlyList<StatementLine> Lines);
