using System.Security.Cryptography;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Client.Transactions;

/// <summary>Makes payloads for one network.</summary>
/// <remarks>Each payload gets a salt of 16 random bytes, so asking for the same thing twice makes two transactions.</remarks>
/// <param name="network">The network's id.</param>
/// <param name="timeProvider">The clock that validity counts from.</param>
public sealed class TransactionBuilder(Digest network, TimeProvider timeProvider)
{
    private const int SaltBytes = 16;

    /// <summary>The network's id.</summary>
    public Digest Network => network;

    /// <summary>Makes a payload of any kind.</summary>
    /// <param name="body">The decoded request.</param>
    /// <param name="validFor">From now on; the network refuses what is valid for longer than its maximum.</param>
    /// <returns>The payload, to be signed.</returns>
    public UnsignedTransaction Build(TransactionBody body, TimeSpan validFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(validFor, TimeSpan.Zero);
        var validUntilMs = (timeProvider.GetUtcNow() + validFor).ToUnixTimeMilliseconds();
        return Build(body, (ulong)validUntilMs, RandomNumberGenerator.GetBytes(SaltBytes));
    }

    /// <summary>Makes a payload with a given validity and salt.</summary>
    /// <param name="body">The decoded request.</param>
    /// <param name="validUntilMs">UTC milliseconds, exclusive.</param>
    /// <param name="salt">At most 32 bytes.</param>
    /// <returns>The payload, to be signed.</returns>
    public UnsignedTransaction Build(TransactionBody body, ulong validUntilMs, ReadOnlySpan<byte> salt) =>
        new(TransactionCodec.EncodePayload(network, validUntilMs, salt, body));
}
