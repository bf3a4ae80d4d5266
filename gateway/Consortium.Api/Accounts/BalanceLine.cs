using System.Globalization;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;

namespace Consortium.Api;

/// <summary>An account's holding of one instrument.</summary>
/// <param name="Instrument"><c>ast1…</c> or <c>ast1…:use:0-1000</c>.</param>
/// <param name="Posted">Smallest units; negative only on an issuance account, by the amount outstanding.</param>
/// <param name="Pledged">The part of these units that is set aside for deals.</param>
/// <param name="Available">Posted less pledged, at least 0.</param>
/// <param name="Lots">Lots that the holding is made of.</param>
/// <param name="CoinSecondsDestroyed">Units times seconds held that moves to other owners have destroyed.</param>
/// <param name="Name">The asset's name.</param>
/// <param name="Decimals">The asset's decimals, for display.</param>
/// <param name="Pledges">Each pledge that has not ended.</param>
public sealed record BalanceLine(
    string Instrument,
    string Posted,
    string Pledged,
    string Available,
    int Lots,
    string CoinSecondsDestroyed,
    string? Name = null,
    uint? Decimals = null,
    IReadOnlyList<PledgeLine>? Pledges = null)
{
    /// <summary>Describes a holding.</summary>
    /// <param name="instrument">What is held.</param>
    /// <param name="holding">The holding.</param>
    /// <param name="nowMs">The time at which pledges count, UTC milliseconds.</param>
    /// <param name="definition">The asset, when it was read too.</param>
    /// <returns>The line.</returns>
    public static BalanceLine From(Instrument instrument, Holding holding, ulong nowMs, AssetDefinition? definition)
    {
        var pledged = holding.PledgedAt(nowMs);
        var available = Int128.Max(0, holding.Posted - (Int128)pledged.Units);
        var pledges = holding.Pledges.Where(pledge => pledge.UntilMs > nowMs).Select(PledgeLine.From).ToList();
        return new BalanceLine(
            instrument.ToString(),
            holding.Posted.ToString(CultureInfo.InvariantCulture),
            pledged.ToString(),
            available.ToString(CultureInfo.InvariantCulture),
            holding.Lots.Items.Count,
            holding.Destroyed.ToString(),
            definition?.Name,
            definition?.Decimals,
            pledges.Count == 0 ? null : pledges);
    }

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BalanceLine FromWire(Wire.BalanceLine wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BalanceLine(
            wire.Instrument,
            wire.Posted,
            wire.Pledged,
            wire.Available,
            wire.Lots,
            wire.CoinSecondsDestroyed,
            wire.HasName ? wire.Name : null,
            wire.HasDecimals ? wire.Decimals : null,
            wire.Pledges.Count == 0 ? null : [.. wire.Pledges.Select(PledgeLine.FromWire)]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.BalanceLine ToWire()
    {
        var wire = new Wire.BalanceLine
        {
            Instrument = Instrument,
            Posted = Posted,
            Pledged = Pledged,
            Available = Available,
            Lots = Lots,
            CoinSecondsDestroyed = CoinSecondsDestroyed,
            Pledges = { (Pledges ?? []).Select(one => one.ToWire()) },
        };
        if (Name is not null)
        {
            wire.Name = Name;
        }

        if (Decimals is { } decimals)
        {
            wire.Decimals = decimals;
        }

        return wire;
    }
}
