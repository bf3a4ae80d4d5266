using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Assets;

/// <summary>One right in an asset over an interval of time: accounts hold and move amounts of instruments.</summary>
/// <remarks>Ordered by asset, right, from, until. <see langword="default"/> names no asset.</remarks>
/// <param name="Asset">The asset.</param>
/// <param name="Right">The right.</param>
/// <param name="FromMs">UTC milliseconds since 1970, inclusive; 0 for a full right.</param>
/// <param name="UntilMs">UTC milliseconds since 1970, exclusive; 0 for a full right.</param>
public readonly record struct Instrument(AssetId Asset, Right Right, ulong FromMs, ulong UntilMs) : IComparable<Instrument>
{
    /// <summary>Whether right and interval go together (<see cref="Rejection.InstrumentInvalid"/>).</summary>
    public bool IsValid => Right == Right.Full ? FromMs == 0 && UntilMs == 0 : FromMs < UntilMs && Right <= Right.Income;

    /// <summary>All rights in an asset.</summary>
    /// <param name="asset">The asset.</param>
    /// <returns>The instrument.</returns>
    public static Instrument Full(AssetId asset) => new(asset, Right.Full, 0, 0);

    /// <inheritdoc/>
    public int CompareTo(Instrument other)
    {
        var order = Asset.CompareTo(other.Asset);
        if (order == 0)
        {
            order = Right.CompareTo(other.Right);
        }

        if (order == 0)
        {
            order = FromMs.CompareTo(other.FromMs);
        }

        return order != 0 ? order : UntilMs.CompareTo(other.UntilMs);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => Asset.GetHashCode() ^ (int)Right;

    /// <summary>Writes the asset, and the right and interval where they are not full.</summary>
    /// <returns>For example <c>ast1…</c> or <c>ast1…:use:0-1000</c>.</returns>
    public override string ToString() => Right == Right.Full
        ? Asset.ToString()
        : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Asset}:{Right.ToString().ToLowerInvariant()}:{FromMs}-{UntilMs}");
}
