using System.Runtime.InteropServices;

namespace Consortium.Ledger.Signatures;

/// <summary>A public key as a dictionary key.</summary>
/// <remarks>
/// A sender picks coordinates at will, so their first bytes alone would let one fill a single bucket: the hash code
/// mixes all of them with the seed of the process. Nothing depends on its order.
/// </remarks>
/// <param name="X">The first coordinate.</param>
/// <param name="Y">The second coordinate.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct P256CacheKey(Digest X, Digest Y)
{
    /// <summary>Takes a public key of the right length.</summary>
    /// <param name="publicKey">X ‖ Y.</param>
    /// <returns>The key.</returns>
    public static P256CacheKey FromBytes(ReadOnlySpan<byte> publicKey) =>
        new(Digest.FromBytes(publicKey[..P256.NumberSize]), Digest.FromBytes(publicKey[P256.NumberSize..]));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        Span<byte> bytes = stackalloc byte[P256.PublicKeySize];
        X.CopyTo(bytes);
        Y.CopyTo(bytes[P256.NumberSize..]);
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
