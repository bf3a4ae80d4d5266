namespace Consortium.Ledger.Ids;

/// <summary>Names an asset.</summary>
/// <remarks>SHA-256 over a domain tag and the asset's definition, so it commits to definition and issuer. Written as bech32m (BIP 350) with the prefix <c>ast</c>. <see langword="default"/> names nothing.</remarks>
/// <param name="Digest">The 32 bytes.</param>
public readonly record struct AssetId(Digest Digest) : IComparable<AssetId>
{
    /// <summary>The human-readable part of the written form.</summary>
    public const string Prefix = "ast";

    /// <summary>Whether this is <see langword="default"/>.</summary>
    public bool IsDefault => Digest.IsZero;

    /// <summary>Reads the written form.</summary>
    /// <param name="text">For example <c>ast1…</c>.</param>
    /// <param name="id">The id, or <see langword="default"/>.</param>
    /// <returns>Whether the text is an id of this kind with a correct checksum.</returns>
    public static bool TryParse(string? text, out AssetId id)
    {
        var read = IdText.TryRead(Prefix, text, out var digest);
        id = new AssetId(digest);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(AssetId other) => Digest.CompareTo(other.Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode();

    /// <summary>Writes the id as bech32m.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public override string ToString() => IdText.Write(Prefix, Digest);
}
