using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Consortium.Ledger;
using Consortium.Ledger.Signatures;

namespace Consortium.Simulation.Engine;

/// <summary>The keys of all runs, each made when it is first asked for. May be used by many threads.</summary>
/// <remarks>
/// A key is found by hashing its index and a count until the hash is the first coordinate of a point (SEC 2 section 2.4.2).
/// A private scalar would be simpler, but only OpenSSL derives the point from it.
/// </remarks>
internal static class SimulatedKeys
{
    /// <summary>Two for each of the most members that a genesis takes, and as many for customers.</summary>
    public const int Count = 4 * LedgerLimits.MembersMax;

    private static readonly BigInteger Prime =
        (BigInteger.One << 256) - (BigInteger.One << 224) + (BigInteger.One << 192) + (BigInteger.One << 96) - 1;

    // The prime is 3 modulo 4, so this power of a square is a root of it.
    private static readonly BigInteger RootExponent = (Prime + 1) / 4;

    private static readonly BigInteger B = new(
        Convert.FromHexString("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
        isUnsigned: true,
        isBigEndian: true);

    private static readonly Lazy<SimulatedKey>[] Keys =
        [.. Enumerable.Range(0, Count).Select(index => new Lazy<SimulatedKey>(() => Make(index)))];

    /// <summary>The key that an index names, in every run the same.</summary>
    /// <param name="index">From 0 up to, not including, <see cref="Count"/>.</param>
    public static SimulatedKey At(int index) => Keys[index].Value;

    private static SimulatedKey Make(int index)
    {
        Span<byte> seed = stackalloc byte[8];
        Span<byte> bytes = stackalloc byte[P256.PublicKeySize];
        var first = bytes[..Digest.Size];
        var second = bytes[Digest.Size..];
        BinaryPrimitives.WriteInt32BigEndian(seed, index);
        for (var count = 0; ; count++)
        {
            BinaryPrimitives.WriteInt32BigEndian(seed[4..], count);
            SHA256.HashData(seed, first);
            var x = new BigInteger(first, isUnsigned: true, isBigEndian: true);
            var y = BigInteger.ModPow((((x * x) - 3) * x) + B, RootExponent, Prime);
            second.Clear();
            y.TryWriteBytes(second[^y.GetByteCount(isUnsigned: true)..], out _, isUnsigned: true, isBigEndian: true);
            if (P256.IsValidPublicKey(bytes))
            {
                return new SimulatedKey(new PublicKey(Digest.FromBytes(first), Digest.FromBytes(second)));
            }
        }
    }
}
