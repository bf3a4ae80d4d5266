namespace Consortium.Ledger.Ids;

/// <summary>Names a beneficial owner, a member or a member's customer.</summary>
/// <remarks>A member's has the same bytes as its member id; a customer's is SHA-256 over a domain tag, the vouching member and that member's reference. Written as bech32m (BIP 350) with the prefix <c>pty</c>. <see langword="default"/> names nothing.</remarks>
/// <param name="Digest">The 32 bytes.</param>
public readonly record struct PartyId(Digest Digest) : IComparable<PartyId>
{
    /// <summary>The human-readable part of the written form.</summary>
    public const string Prefix = "pty";

    /// <summary>Whether this is <see langword="default"/>.</summary>
    public bool IsDefault => Digest.IsZero;

    /// <summary>Reads the written form.</summary>
    /// <param name="text">For example <c>pty1…</c>.</param>
    /// <param name="id">The id, or <see langword="default"/>.</param>
    /// <returns>Whether the text is an id of this kind with a correct checksum.</returns>
    public static bool TryParse(string? text, out PartyId id)
    {
        var read = IdText.TryRead(Prefix, text, out var digest);
        id = new PartyId(digest);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(PartyId other) => Digest.CompareTo(other.Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode();

    /// <summary>Writes the id as bech32m.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public override string ToString() => IdText.Write(Prefix, Digest);
}
