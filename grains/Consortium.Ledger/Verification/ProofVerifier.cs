using System.Numerics;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Encoding;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Merkle;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Consortium.Ledger.Verification;

/// <summary>Checks a proof with nothing but its own bytes and the network's id (SPEC.md section 8).</summary>
public static class ProofVerifier
{
    private const int HeadersMax = 100_000;

    private static readonly CanonicalParser<Wire.Proof> ProofParser = new(Wire.Proof.Parser);
    private static readonly CanonicalParser<Wire.SignedTransaction> TransactionParser = new(Wire.SignedTransaction.Parser);

    /// <summary>Checks a proof.</summary>
    /// <param name="bytes">Canonical bytes of <see cref="Wire.Proof"/>.</param>
    /// <param name="expectedNetwork">The network's id, or <see langword="null"/> to take the one in the proof.</param>
    /// <param name="report">The facts that the proof shows, or <see langword="null"/> when it is not valid.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public static string? Check(ReadOnlySpan<byte> bytes, Digest? expectedNetwork, out ProofReport? report)
    {
        report = null;
        var formFault = ProofParser.TryRead(bytes, out var message);
        if (message is null)
        {
            return formFault;
        }

        if (message.Headers.Count > HeadersMax)
        {
            return $"The proof has {message.Headers.Count} headers; {HeadersMax} is the most.";
        }

        var genesisFault = Genesis.TryRead(message.Genesis.Memory, out var genesis);
        if (genesis is null)
        {
            return $"The proof's genesis is not usable: {genesisFault}";
        }

        if (expectedNetwork is not null && genesis.Network != expectedNetwork)
        {
            return $"The proof is of network {genesis.Network}, not {expectedNetwork}.";
        }

        var fault = CheckHeaders(genesis, message, out var headers, out var proved);
        if (fault is not null || headers is null)
        {
            return fault;
        }

        var header = headers[proved];
        var onTop = headers.Skip(proved + 1).Aggregate(BigInteger.Zero, (sum, next) => sum + ChainRules.Work(next.TargetCompact));
        var isFinal = onTop >= ChainRules.Work(header.TargetCompact) * genesis.FinalityBlocks;
        var found = new ProofReport(
            genesis.Network,
            genesis.Name,
            header,
            headers.Count - proved - 1,
            isFinal,
            null,
            null,
            null,
            null);
        return message.ContentCase switch
        {
            Wire.Proof.ContentOneofCase.State => CheckState(genesis, message.State, found, out report),
            Wire.Proof.ContentOneofCase.Transaction => CheckTransaction(message.Transaction, found, out report),
            Wire.Proof.ContentOneofCase.None => "The proof proves nothing.",
        };
    }

    private static string? CheckHeaders(
        Genesis genesis,
        Wire.Proof message,
        out List<BlockHeader>? headers,
        out int proved)
    {
        headers = [];
        proved = -1;
        var verifiers = new P256VerifierCache();
        foreach (var bytes in message.Headers)
        {
            if (!BlockSeal.TryRead(bytes.Span, out var seal))
            {
                return "A header is not in canonical form.";
            }

            var header = seal.Header;
            var previous = headers.Count > 0 ? headers[^1] : null;
            if (header.Network != genesis.Network || header.Height == 0)
            {
                return $"Header {header.Height} is of another network.";
            }

            if (previous is not null && (header.Height != previous.Height + 1 || header.Previous != previous.Hash))
            {
                return $"Header {header.Height} does not follow header {previous.Height}.";
            }

            if (header.TimeMs < (previous?.TimeMs ?? genesis.TimeMs))
            {
                return $"Header {header.Height} is older than what it follows.";
            }

            if (header.Height == 1 && header.Previous != genesis.Network)
            {
                return "The first header does not follow genesis.";
            }

            if (previous is not null || header.Height == 1)
            {
                var target = ChainRules.NextTarget(genesis, header.Height - 1, previous?.TimeMs ?? genesis.TimeMs);
                if (header.TargetCompact != target)
                {
                    return $"Header {header.Height} has target {header.TargetCompact:x8}; the chain gives {target:x8}.";
                }

                proved = header.Height == message.Height ? headers.Count : proved;
            }

            if (ChainRules.CheckWork(genesis, seal, verifiers) is { } fault)
            {
                return $"Header {header.Height}: {fault}.";
            }

            headers.Add(header);
        }

        return proved < 0
            ? $"The proof lacks header {message.Height}, or the one before it that fixes its target."
            : null;
    }

    private static string? CheckState(
        Genesis genesis,
        Wire.StateContent state,
        ProofReport found,
        out ProofReport? report)
    {
        report = null;
        if (!StateKey.TryRead(state.Key.Span, out var key)
            || state.ShardRoot.Length != Digest.Size
            || !TryReadPath(state.ShardPath, out var shardPath)
            || !StateProof.TryDecode(state.Proof.Span, out var proof))
        {
            return "The proof of the value is not in canonical form.";
        }

        var shardRoot = Digest.FromBytes(state.ShardRoot.Span);
        if (!MerkleTree.VerifyInclusion(
            found.Header.StateRoot,
            (ulong)genesis.Shards,
            MerkleTree.HashLeaf(state.ShardRoot.Span),
            (ulong)key.Shard(genesis.ShardCount),
            shardPath))
        {
            return "The shard's root does not lead to the block's state root.";
        }

        var path = Digest.Sha256(state.Key.Span);
        var holds = state.HasValue
            ? StateProof.Verify(shardRoot, path, state.Value.Span, proof)
            : StateProof.VerifyAbsence(shardRoot, path, proof);
        if (!holds)
        {
            return "The value does not lead to the shard's root.";
        }

        var value = state.HasValue ? StateValue.Decode(key.Kind, state.Value.Span) : null;
        if (state.HasValue && value is null)
        {
            return "The value is not in canonical form.";
        }

        report = found with { Key = key, Value = value };
        return null;
    }

    private static string? CheckTransaction(Wire.TransactionContent content, ProofReport found, out ProofReport? report)
    {
        report = null;
        var formFault = TransactionParser.TryRead(content.SignedTransaction.Span, out var signed);
        if (signed is null)
        {
            return formFault;
        }

        var id = Derive.Transaction(signed.Payload.Span);
        if (content.Receipt is null || !content.Receipt.TransactionId.Span.SequenceEqual(id.Digest.ToArray()))
        {
            return "The receipt is of another transaction.";
        }

        if (!TryReadPath(content.TransactionPath, out var transactionPath) || !TryReadPath(content.ReceiptPath, out var receiptPath))
        {
            return "An inclusion proof is not in canonical form.";
        }

        var (header, count) = (found.Header, (ulong)found.Header.TransactionCount);
        if (!MerkleTree.VerifyInclusion(
            header.TransactionsRoot,
            count,
            MerkleTree.HashLeaf(content.SignedTransaction.Span),
            content.Index,
            transactionPath))
        {
            return "The transaction does not lead to the block's transactions root.";
        }

        if (!MerkleTree.VerifyInclusion(
            header.ReceiptsRoot,
            count,
            MerkleTree.HashLeaf(content.Receipt.ToByteArray()),
            content.Index,
            receiptPath))
        {
            return "The receipt does not lead to the block's receipts root.";
        }

        report = found with { Transaction = id, Receipt = content.Receipt };
        return null;
    }

    private static bool TryReadPath(RepeatedField<ByteString> bytes, out Digest[] path)
    {
        path = new Digest[Math.Min(bytes.Count, 64)];
        for (var i = 0; i < path.Length; i++)
        {
            if (bytes[i].Length != Digest.Size)
            {
                return false;
            }

            path[i] = Digest.FromBytes(bytes[i].Span);
        }

        return bytes.Count <= 64;
    }
}
