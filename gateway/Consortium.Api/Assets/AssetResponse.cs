namespace Consortium.Api;

/// <summary>An asset.</summary>
/// <param name="Id"><c>ast1…</c>.</param>
/// <param name="Definition">What it is.</param>
/// <param name="IssuanceAccount">The account that goes negative by what is outstanding.</param>
/// <param name="Outstanding">Smallest units.</param>
public sealed record AssetResponse(
    string Id,
    AssetDefinitionJson Definition,
    string IssuanceAccount,
    string Outstanding);
