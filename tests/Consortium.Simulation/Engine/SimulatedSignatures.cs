using System.Security.Cryptography;
using Consortium.Ledger;
using Consortium.Ledger.Signatures;

namespace Consortium.Simulation.Engine;

/// <summary>Stand-ins for signatures. They protect nothing: anyone who knows a public key can make them.</summary>
/// <remarks>
/// <para>
/// A check by P-256 takes 50 to 100 us, more than the rest of a transaction, and .NET signs with randomness, so that no
/// run would repeat byte for byte. Here r and s are one SHA-256 over a tag, the public key and the message, and verifying
/// is making them again. They have the form that the ledger asks for, both in range and s low.
/// </para>
/// <para>No key here is known to have a private part, so nothing made here passes where P-256 is checked.</para>
/// </remarks>
internal sealed class SimulatedSignatures : ISignatureVerifier
{
    // Setting up a hash costs more than hashing a message, so each thread keeps one.
    [ThreadStatic]
    private static IncrementalHash? _hash;

    private static ReadOnlySpan<byte> Tag => "simulated P-256!"u8;

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != P256.PublicKeySize)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[P256.SignatureSize];
        Make(publicKey, message, expected);
        return signature.SequenceEqual(expected);
    }

    /// <summary>Makes the stand-in by a public key of 64 bytes; it takes as many.</summary>
    internal static void Make(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Tag);
        hash.AppendData(publicKey);
        hash.AppendData(message);
        var r = signature[..Digest.Size];
        hash.GetHashAndReset(r);

        // Less than 2^254 is less than half of the order; an odd number is not zero.
        r[0] &= 0x3f;
        r[^1] |= 1;
        r.CopyTo(signature[Digest.Size..]);
    }
}
