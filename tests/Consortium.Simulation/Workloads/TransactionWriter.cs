using System.Buffers.Binary;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Encodes and signs the clients' transactions. Salts are counted, so that no two transactions of a run are equal.</summary>
internal sealed class TransactionWriter(Digest network)
{
    // Fields of bytes in protobuf: the tag, the length, the bytes.
    private const byte Field1 = 0x0a;
    private const byte Field2 = 0x12;
    private const int SignatureSize = 2 + PublicKey.Size + 2 + P256.SignatureSize;
    private const int SignatureFieldSize = 3 + SignatureSize;

    private ulong _salt;

    public IntendedTransaction Write(
        IWorkload workload,
        TransactionBody body,
        SignerSet signers,
        ulong validUntilMs,
        Expectation expectation,
        string what)
    {
        var payload = Encode(body, validUntilMs, network);
        var keys = signers.ToArray();
        return new IntendedTransaction
        {
            Workload = workload,
            What = what,
            Id = Derive.Transaction(payload),
            Payload = payload,
            SignedBytes = Sign(payload, keys),
            ValidUntilMs = validUntilMs,
            Body = body,
            Signers = keys,
            Expectation = expectation,
        };
    }

    /// <summary>The same body signed by the same keys in another payload: with another validity, or for another network.</summary>
    public IntendedTransaction Rewrite(IntendedTransaction transaction, ulong validUntilMs, Digest forNetwork, Expectation expectation, string what)
    {
        var payload = Encode(transaction.Body, validUntilMs, forNetwork);
        return new IntendedTransaction
        {
            Workload = transaction.Workload,
            What = what,
            Id = Derive.Transaction(payload),
            Payload = payload,
            SignedBytes = Sign(payload, transaction.Signers),
            ValidUntilMs = validUntilMs,
            Body = transaction.Body,
            Signers = transaction.Signers,
            Expectation = expectation,
            Opens = transaction.Opens,
            Registers = transaction.Registers,
            NewKeys = transaction.NewKeys,
            Pledge = transaction.Pledge,
        };
    }

    /// <summary>Another envelope around the same payload.</summary>
    public static IntendedTransaction Copy(IntendedTransaction transaction, byte[] signedBytes, int[] signers, Expectation expectation, string what) => new()
    {
        Workload = transaction.Workload,
        What = what,
        Id = transaction.Id,
        Payload = transaction.Payload,
        SignedBytes = signedBytes,
        ValidUntilMs = transaction.ValidUntilMs,
        Body = transaction.Body,
        Signers = signers,
        Expectation = expectation,
        CopyOf = transaction,
    };

    /// <summary>Signs a payload by keys of the pool, in the order given, repeated ones too.</summary>
    /// <remarks>The bytes that the codec writes, without its messages: most of what a client does is to sign.</remarks>
    public static byte[] Sign(byte[] payload, ReadOnlySpan<int> keys)
    {
        var head = 1 + VarintSize(payload.Length);
        var bytes = new byte[head + payload.Length + (keys.Length * SignatureFieldSize)];
        bytes[0] = Field1;
        WriteVarint(payload.Length, bytes.AsSpan(1));
        payload.CopyTo(bytes.AsSpan(head));
        var rest = bytes.AsSpan(head + payload.Length);
        foreach (var place in keys)
        {
            var key = SimulatedKeys.At(place);
            (rest[0], rest[1], rest[2]) = (Field2, (SignatureSize & 0x7f) | 0x80, SignatureSize >> 7);
            (rest[3], rest[4]) = (Field1, PublicKey.Size);
            key.PublicKey.CopyTo(rest[5..]);
            (rest[5 + PublicKey.Size], rest[6 + PublicKey.Size]) = (Field2, P256.SignatureSize);
            key.Sign(payload).CopyTo(rest[(7 + PublicKey.Size)..]);
            rest = rest[SignatureFieldSize..];
        }

        return bytes;
    }

    private byte[] Encode(TransactionBody body, ulong validUntilMs, Digest forNetwork)
    {
        Span<byte> salt = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(salt, ++_salt);
        return TransactionCodec.EncodePayload(forNetwork, validUntilMs, salt, body);
    }

    private static int VarintSize(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : 3;

    private static void WriteVarint(int value, Span<byte> destination)
    {
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[i++] = (byte)((value & 0x7f) | 0x80);
        }

        destination[i] = (byte)value;
    }
}
