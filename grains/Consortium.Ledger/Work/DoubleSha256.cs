using System.Security.Cryptography;

namespace Consortium.Ledger.Work;

/// <summary>The hash that work is done on: SHA-256 of SHA-256, as in Bitcoin's block headers.</summary>
public static class DoubleSha256
{
    /// <summary>Hashes bytes twice.</summary>
    /// <param name="bytes">The bytes, such as a block header.</param>
    /// <returns>SHA-256(SHA-256(bytes)), in the order the function yields it; Bitcoin shows it backwards.</returns>
    public static Digest Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        Hash(bytes, hash);
        return Digest.FromBytes(hash);
    }

    /// <summary>Hashes bytes twice into a buffer, for a miner's inner loop.</summary>
    /// <param name="bytes">The bytes; may overlap <paramref name="destination"/>.</param>
    /// <param name="destination">At least <see cref="Digest.Size"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static void Hash(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        SHA256.HashData(bytes, destination);
        SHA256.HashData(destination[..Digest.Size], destination);
    }
}
