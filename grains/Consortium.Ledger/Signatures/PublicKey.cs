namespace Consortium.Ledger.Signatures;

/// <summary>A P-256 public key as two coordinates (FIPS 186-5, SP 800-186).</summary>
/// <remarks>Ordered by X, then Y. <see langword="default"/> is no key. That the point is on the curve is checked where signatures are.</remarks>
/// <param name="X">First coordinate, big-endian.</param>
/// <param name="Y">Second coordinate, big-endian.</param>
public readonly record struct PublicKey(Digest X, Digest Y) : IComparable<PublicKey>
{
    /// <summary>Bytes of the wire form.</summary>
    public const int Size = 64;

    /// <summary>Reads the wire form.</summary>
    /// <param name="bytes">X then Y.</param>
    /// <param name="key">The key, or <see langword="default"/>.</param>
    /// <returns>Whether there are 64 bytes.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PublicKey key)
    {
        key = default;
        if (bytes.Length != Size)
        {
            return false;
        }

        key = new PublicKey(Digest.FromBytes(bytes[..Digest.Size]), Digest.FromBytes(bytes[Digest.Size..]));
        return true;
    }

    /// <summary>Reads 128 hexadecimal digits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key, or <see langword="default"/>.</param>
    /// <returns>Whether the text is X then Y.</returns>
    public static bool TryParse(string? text, out PublicKey key)
    {
        key = default;
        if (text is not { Length: 2 * Size }
            || !Digest.TryParseHex(text.AsSpan(0, Size), out var x)
            || !Digest.TryParseHex(text.AsSpan(Size), out var y))
        {
            return false;
        }

        key = new PublicKey(x, y);
        return true;
    }

    /// <summary>Writes the wire form.</summary>
    /// <param name="destination">At least 64 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        X.CopyTo(destination);
        Y.CopyTo(destination[Digest.Size..]);
    }

    /// <summary>Copies the wire form to a new array.</summary>
    /// <returns>64 bytes.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(PublicKey other)
    {
        var order = X.CompareTo(other.X);
        return order != 0 ? order : Y.CompareTo(other.Y);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => X.GetHashCode();

    /// <summary>Writes 128 hexadecimal digits.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public override string ToString() => string.Concat(X.ToString(), Y.ToString());
}
