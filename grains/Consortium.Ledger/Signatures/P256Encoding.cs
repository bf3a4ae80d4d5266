namespace Consortium.Ledger.Signatures;

/// <summary>
/// The forms in which others keep keys and signatures: SubjectPublicKeyInfo (RFC 5480) and ECDSA-Sig-Value (RFC 3279)
/// in DER (X.690).
/// </summary>
/// <remarks>Reading is strict: of all byte strings that BER would take for the same value, one is accepted.</remarks>
public static class P256Encoding
{
    /// <summary>The bytes of a public key as SubjectPublicKeyInfo.</summary>
    public const int SpkiSize = 91;

    private const byte SequenceTag = 0x30;
    private const byte IntegerTag = 0x02;

    // SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING { uncompressed point
    private static ReadOnlySpan<byte> SpkiPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
        0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    /// <summary>Writes a public key as SubjectPublicKeyInfo, which is what a PEM file of a public key holds.</summary>
    /// <param name="publicKey">X ‖ Y.</param>
    /// <returns><see cref="SpkiSize"/> bytes of DER.</returns>
    /// <exception cref="ArgumentException">The key is not valid.</exception>
    public static byte[] ToSpki(ReadOnlySpan<byte> publicKey) =>
        P256.IsValidPublicKey(publicKey)
            ? [.. SpkiPrefix, .. publicKey]
            : throw new ArgumentException("The key is not a point of P-256.", nameof(publicKey));

    /// <summary>Reads a public key from SubjectPublicKeyInfo.</summary>
    /// <param name="spki">The DER; anything may be passed.</param>
    /// <param name="publicKey">X ‖ Y, or an empty array when the DER is refused.</param>
    /// <returns>Whether it is the DER of an uncompressed, valid point on P-256 and nothing follows it.</returns>
    public static bool TryFromSpki(ReadOnlySpan<byte> spki, out byte[] publicKey)
    {
        bool isKey = spki.Length == SpkiSize
            && spki.StartsWith(SpkiPrefix)
            && P256.IsValidPublicKey(spki[SpkiPrefix.Length..]);
        publicKey = isKey ? spki[SpkiPrefix.Length..].ToArray() : [];
        return isKey;
    }

    /// <summary>
    /// Reads a signature from DER; whether s is low and the signature fits is for <see cref="P256"/> to say.
    /// </summary>
    /// <param name="der">The DER; anything may be passed.</param>
    /// <param name="signature">r ‖ s, or an empty array when the DER is refused.</param>
    /// <returns>Whether it is the DER of two numbers from 0 to 2^256 - 1 and nothing follows it.</returns>
    public static bool TryFromDer(ReadOnlySpan<byte> der, out byte[] signature)
    {
        signature = [];
        var read = new byte[P256.SignatureSize];

        // Two numbers of at most 33 bytes each keep every length below 128, so the short form is the only one DER
        // allows.
        if (der.Length < 2
            || der[0] != SequenceTag
            || der[1] != der.Length - 2
            || !TryReadInteger(der[2..], read.AsSpan(0, P256.NumberSize), out ReadOnlySpan<byte> rest)
            || !TryReadInteger(rest, read.AsSpan(P256.NumberSize), out rest)
            || !rest.IsEmpty)
        {
            return false;
        }

        signature = read;
        return true;
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> der, Span<byte> number, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (der.Length < 3 || der[0] != IntegerTag || der[1] == 0 || der[1] > der.Length - 2)
        {
            return false;
        }

        ReadOnlySpan<byte> content = der.Slice(2, der[1]);
        rest = der[(2 + der[1])..];
        bool isNegative = content[0] >= 0x80;
        bool isPadded = content[0] == 0 && content.Length > 1;
        if (isNegative || (isPadded && content[1] < 0x80))
        {
            return false;
        }

        content = isPadded ? content[1..] : content;
        if (content.Length > number.Length)
        {
            return false;
        }

        content.CopyTo(number[^content.Length..]);
        return true;
    }
}
