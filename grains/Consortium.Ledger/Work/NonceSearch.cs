using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Consortium.Ledger.Work;

/// <summary>Tries nonces of a header until its double SHA-256 meets a target.</summary>
/// <remarks>Not for use by two threads.</remarks>
/// <param name="header">Binary header; kept and overwritten at the nonce.</param>
/// <param name="nonceOffset">Offset of the eight big-endian bytes of the nonce in the header.</param>
/// <param name="target">The target.</param>
public sealed class NonceSearch(byte[] header, int nonceOffset, Target target)
{
    /// <summary>Tries consecutive nonces.</summary>
    /// <param name="start">The first nonce; counting wraps round.</param>
    /// <param name="count">Most nonces to try.</param>
    /// <param name="nonce">The first that meets the target, or 0.</param>
    /// <returns>Whether one does.</returns>
    public bool TryFind(ulong start, int count, out ulong nonce)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        for (var i = 0; i < count; i++)
        {
            nonce = unchecked(start + (ulong)i);
            BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(nonceOffset), nonce);
            SHA256.HashData(header, hash);
            SHA256.HashData(hash, hash);
            if (target.IsMetBy(hash))
            {
                return true;
            }
        }

        nonce = 0;
        return false;
    }
}
