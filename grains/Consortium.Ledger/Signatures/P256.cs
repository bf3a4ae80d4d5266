using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Consortium.Ledger.Signatures;

/// <summary>
/// Signatures by ECDSA on the curve P-256 over SHA-256 (FIPS 186-5 section 6), of fixed size: r ‖ s as in IEEE P1363.
/// </summary>
/// <remarks>
/// <para>A public key is X ‖ Y and a signature r ‖ s, every number thirty-two bytes, most significant first.</para>
/// <para>
/// If (r, s) is valid so is (r, n - s). On the ledger only the one with the smaller s counts: that is
/// <see cref="IsLowS"/>, which is asked apart from <see cref="Verify"/> so that signatures made elsewhere can be
/// verified and then normalised.
/// </para>
/// <para>
/// What verifies takes anything an adversary may send and answers yes or no. All members may be used by many threads.
/// </para>
/// </remarks>
public static class P256
{
    /// <summary>The bytes of a public key, X ‖ Y.</summary>
    public const int PublicKeySize = 64;

    /// <summary>The bytes of a signature, r ‖ s.</summary>
    public const int SignatureSize = 64;

    /// <summary>The bytes of one number.</summary>
    internal const int NumberSize = 32;

    /// <summary>
    /// Checks a signature over a message; imports the key anew, so prefer <see cref="P256VerifierCache"/> for many.
    /// </summary>
    /// <param name="publicKey">X ‖ Y.</param>
    /// <param name="message">The message, which is hashed with SHA-256.</param>
    /// <param name="signature">r ‖ s; s may be low or high.</param>
    /// <returns>Whether the key is valid, r and s are in [1, n - 1] and the signature fits.</returns>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        VerifyDigest(publicKey, Digest.Sha256(message), signature);

    /// <summary>Checks a signature over a message that is already hashed.</summary>
    /// <param name="publicKey">X ‖ Y.</param>
    /// <param name="digest">The SHA-256 of the message.</param>
    /// <param name="signature">r ‖ s; s may be low or high.</param>
    /// <returns>Whether the key is valid, r and s are in [1, n - 1] and the signature fits.</returns>
    public static bool VerifyDigest(ReadOnlySpan<byte> publicKey, Digest digest, ReadOnlySpan<byte> signature)
    {
        if (!IsInRange(signature) || !TryImport(publicKey, out ECDsa? key))
        {
            return false;
        }

        using (key)
        {
            return VerifyDigest(key, digest, signature);
        }
    }

    /// <summary>Whether a public key is two coordinates of a point on the curve.</summary>
    /// <param name="publicKey">The key; of any length.</param>
    /// <returns>Whether it is <see cref="PublicKeySize"/> bytes and on the curve.</returns>
    public static bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == PublicKeySize && P256Curve.IsPoint(publicKey[..NumberSize], publicKey[NumberSize..]);

    /// <summary>Whether both numbers of a signature are in [1, n - 1].</summary>
    /// <param name="signature">The signature; of any length.</param>
    /// <returns>Whether it is <see cref="SignatureSize"/> bytes and in range.</returns>
    public static bool IsInRange(ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize
        && P256Curve.IsScalar(signature[..NumberSize])
        && P256Curve.IsScalar(signature[NumberSize..]);

    /// <summary>Whether s is at most half of n, as the ledger requires, so that nobody can turn a signature into a second valid one.</summary>
    /// <param name="signature">The signature; of any length.</param>
    /// <returns>Whether it is in range and s is at most half of n.</returns>
    public static bool IsLowS(ReadOnlySpan<byte> signature) =>
        IsInRange(signature) && signature[NumberSize..].SequenceCompareTo(P256Curve.HalfOrder) <= 0;

    /// <summary>Replaces a high s by n - s, in place; a low s is left alone.</summary>
    /// <param name="signature">r ‖ s, both in range.</param>
    /// <exception cref="ArgumentException">The signature is not <see cref="IsInRange"/>.</exception>
    public static void Normalize(Span<byte> signature)
    {
        if (!IsInRange(signature))
        {
            throw new ArgumentException("A signature has two numbers from 1 to n - 1.", nameof(signature));
        }

        if (IsLowS(signature))
        {
            return;
        }

        Span<byte> s = signature[NumberSize..];
        int borrow = 0;
        for (int i = NumberSize - 1; i >= 0; i--)
        {
            int difference = P256Curve.Order[i] - s[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            s[i] = (byte)(difference & 0xff);
        }
    }

    /// <summary>Signs a message.</summary>
    /// <param name="privateKey">A key on P-256 that has its private part.</param>
    /// <param name="message">The message, which is hashed with SHA-256.</param>
    /// <returns>r ‖ s with a low s.</returns>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    /// <exception cref="CryptographicException">The key has no private part.</exception>
    public static byte[] Sign(ECDsa privateKey, ReadOnlySpan<byte> message) =>
        SignDigest(privateKey, Digest.Sha256(message));

    /// <summary>Signs a message that is already hashed.</summary>
    /// <param name="privateKey">A key on P-256 that has its private part.</param>
    /// <param name="digest">The SHA-256 of the message.</param>
    /// <returns>r ‖ s with a low s.</returns>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    /// <exception cref="CryptographicException">The key has no private part.</exception>
    public static byte[] SignDigest(ECDsa privateKey, Digest digest)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        Span<byte> hash = stackalloc byte[Digest.Size];
        digest.CopyTo(hash);
        byte[] signature = privateKey.SignHash(hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        if (signature.Length != SignatureSize)
        {
            throw WrongCurve(nameof(privateKey));
        }

        Normalize(signature);
        return signature;
    }

    /// <summary>Extracts the public key from a key or a pair of keys.</summary>
    /// <param name="key">A key on P-256.</param>
    /// <returns>X ‖ Y.</returns>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public static byte[] PublicKeyOf(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] publicKey = [.. point.X ?? [], .. point.Y ?? []];
        return IsValidPublicKey(publicKey) ? publicKey : throw WrongCurve(nameof(key));
    }

    /// <summary>Imports a valid public key for verifying.</summary>
    /// <param name="publicKey">X ‖ Y; anything may be passed.</param>
    /// <param name="key">The imported key, which the caller owns.</param>
    /// <returns>Whether the key is valid.</returns>
    internal static bool TryImport(
        ReadOnlySpan<byte> publicKey, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;
        if (!IsValidPublicKey(publicKey))
        {
            return false;
        }

        key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[..NumberSize].ToArray(), Y = publicKey[NumberSize..].ToArray() },
        });
        return true;
    }

    /// <summary>Checks a signature against an imported key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="digest">The SHA-256 of the message.</param>
    /// <param name="signature">r ‖ s, in range.</param>
    /// <returns>Whether the signature fits.</returns>
    internal static bool VerifyDigest(ECDsa key, Digest digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        digest.CopyTo(hash);
        return key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ArgumentException WrongCurve(string parameter) =>
        new("The key is not on the curve P-256.", parameter);
}
