using System.Buffers.Binary;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Encodes and signs what clients send. Salts are counted: no two transactions of a run are alike.</summary>
internal sealed class TransactionWriter(Digest network)
{
    private readonly List<(PublicKey Key, byte[] Value)> _signatures = new(8);
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
    public byte[] Sign(byte[] payload, ReadOnlySpan<int> keys)
    {
        _signatures.Clear();
        foreach (var place in keys)
        {
            var key = SimulatedKeys.At(place);
            _signatures.Add((key.PublicKey, key.Sign(payload)));
        }

        return TransactionCodec.EncodeSigned(payload, _signatures);
    }

    private byte[] Encode(TransactionBody body, ulong validUntilMs, Digest forNetwork)
    {
        Span<byte> salt = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(salt, ++_salt);
        return TransactionCodec.EncodePayload(forNetwork, validUntilMs, salt, body);
    }
}
