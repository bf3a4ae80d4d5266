namespace Consortium.Api;

/// <summary>How an account's holdings changed, block by block.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="From">The first block asked for.</param>
/// <param name="To">The last block that this page covers.</param>
/// <param name="Blocks">The blocks in which something changed.</param>
/// <param name="Next">Ask again with this as <c>from</c> for the rest; left out when there is none.</param>
public sealed record StatementResponse(
    string Account,
    ulong From,
    ulong To,
    IReadOnlyList<StatementBlock> Blocks,
    ulong? Next = null);
