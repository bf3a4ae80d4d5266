namespace Consortium.Api;

/// <summary>One value that a transaction would replace; exactly one of the last three is there.</summary>
/// <param name="Id">The account or asset.</param>
/// <param name="Holding">The holding that the account would have of one instrument.</param>
/// <param name="Account">The account as it would be.</param>
/// <param name="Asset">The asset's definition.</param>
public sealed record StateChangeResponse(
    string Id,
    BalanceLine? Holding = null,
    AccountResponse? Account = null,
    AssetDefinitionJson? Asset = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static StateChangeResponse FromWire(Wire.StateChange wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new StateChangeResponse(
            wire.Id,
            wire.Holding is { } holding ? BalanceLine.FromWire(holding) : null,
            wire.Account is { } account ? AccountResponse.FromWire(account) : null,
            wire.Asset is { } asset ? AssetDefinitionJson.FromWire(asset) : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.StateChange ToWire() => new()
    {
        Id = Id,
        Holding = Holding?.ToWire(),
        Account = Account?.ToWire(),
        Asset = Asset?.ToWire(),
    };
}
