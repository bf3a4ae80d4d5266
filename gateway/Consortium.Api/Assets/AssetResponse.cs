namespace Consortium.Api;

/// <summary>An asset.</summary>
/// <param name="Id"><c>ast1…</c>.</param>
/// <param name="Definition">The definition as it was registered.</param>
/// <param name="IssuanceAccount">The account whose negative holding is the amount outstanding, <c>acc1…</c>.</param>
/// <param name="Outstanding">Smallest units.</param>
public sealed record AssetResponse(
    string Id,
    AssetDefinitionJson Definition,
    string IssuanceAccount,
    string Outstanding)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static AssetResponse FromWire(Wire.Asset wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new AssetResponse(
            wire.Id,
            AssetDefinitionJson.FromWire(wire.Definition ?? new()),
            wire.IssuanceAccount,
            wire.Outstanding);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Asset ToWire() => new()
    {
        Id = Id,
        Definition = Definition.ToWire(),
        IssuanceAccount = IssuanceAccount,
        Outstanding = Outstanding,
    };
}
