namespace Consortium.Api;

/// <summary>Who holds an asset, after the last sealed block.</summary>
/// <param name="Asset"><c>ast1…</c>.</param>
/// <param name="Height">The block.</param>
/// <param name="Holders">Holdings that are not zero, in order of account, the issuance account included.</param>
/// <param name="Next">Ask again with this as <c>after</c> for the rest; left out when there is none.</param>
public sealed record HoldersResponse(
    string Asset,
    ulong Height,
    IReadOnlyList<HolderLine> Holders,
    string? Next = null);
