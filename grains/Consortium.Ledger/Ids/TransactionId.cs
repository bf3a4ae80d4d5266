namespace Consortium.Ledger.Ids;

/// <summary>Names a transaction.</summary>
/// <remarks>SHA-256 of the payload as it was sent. Written as bech32m (BIP 350) with the prefix <c>tx</c>. <see langword="default"/> names nothing.</remarks>
/// <param name="Digest">The 32 bytes.</param>
public readonly record struct TransactionId(Digest Digest) : IComparable<TransactionId>
{
    /// <summary>The human-readable part of the written form.</summary>
    public const string Prefix = "tx";

    /// <summary>Whether this is <see langword="default"/>.</summary>
    public bool IsDefault => Digest.IsZero;

    /// <summary>Reads the written form.</summary>
    /// <param name="text">For example <c>tx1…</c>.</param>
    /// <param name="id">The id, or <see langword="default"/>.</param>
    /// <returns>Whether the text is an id of this kind with a correct checksum.</returns>
    public static bool TryParse(string? text, out TransactionId id)
    {
        var read = IdText.TryRead(Prefix, text, out var digest);
        id = new TransactionId(digest);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(TransactionId other) => Digest.CompareTo(other.Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode();

    /// <summary>Writes the id as bech32m.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public override string ToString() => IdText.Write(Prefix, Digest);
}
