namespace Consortium.Api;

/// <summary>The accounts that hold an asset after the last sealed block, a page at a time.</summary>
/// <param name="Asset"><c>ast1…</c>.</param>
/// <param name="Height">The block.</param>
/// <param name="Holders">Holdings that are not zero, in order of account, the issuance account included.</param>
/// <param name="Next">Ask again with this as <c>after</c> for the rest; left out when there is none.</param>
public sealed record HoldersResponse(
    string Asset,
    ulong Height,
    IReadOnlyList<HolderLine> Holders,
    string? Next = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static HoldersResponse FromWire(Wire.AssetHolders wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new HoldersResponse(
            wire.Asset,
            wire.Height,
            [.. wire.Holders.Select(HolderLine.FromWire)],
            wire.HasNext ? wire.Next : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.AssetHolders ToWire()
    {
        var wire = new Wire.AssetHolders
        {
            Asset = Asset,
            Height = Height,
            Holders = { Holders.Select(one => one.ToWire()) },
        };
        if (Next is not null)
        {
            wire.Next = Next;
        }

        return wire;
    }
}
