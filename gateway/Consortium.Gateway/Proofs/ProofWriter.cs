using Consortium.Consensus.Ports;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Merkle;
using Consortium.Ledger.State;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Gateway.Proofs;

/// <summary>Assembles proofs from a node's blocks, receipts and state proofs (SPEC.md section 8).</summary>
internal static class ProofWriter
{
    // Enough for any usual finality; a proof of a block that is not final yet says so.
    private const int HeadersOnTopMax = 1_000;

    public static async Task<byte[]> StateAsync(
        ILedgerNode node,
        StateKey key,
        ShardProof proof,
        IReadOnlyList<Digest> shardRoots,
        CancellationToken cancellationToken)
    {
        var shard = key.Shard(node.Genesis.ShardCount);
        var content = new Wire.StateContent
        {
            Key = ByteString.CopyFrom(key.ToArray()),
            Proof = ByteString.CopyFrom(proof.Proof.Encode()),
            ShardRoot = ByteString.CopyFrom(shardRoots[shard].ToArray()),
        };
        if (proof.Value is not null)
        {
            content.Value = ByteString.CopyFrom(proof.Value);
        }

        content.ShardPath.AddRange(Path(ChainRules.ShardLeaves(shardRoots), shard));
        var written = await BeginAsync(node, proof.Height, cancellationToken);
        written.State = content;
        return written.ToByteArray();
    }

    public static async Task<byte[]> TransactionAsync(
        ILedgerNode node,
        RecordedBlock block,
        TransactionId id,
        CancellationToken cancellationToken)
    {
        var leaves = new BlockLeaves();
        var index = -1;
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            leaves.Add(block.Transactions[i].SignedBytes.Span, block.Transactions[i].Receipt);
            index = block.Transactions[i].Id == id ? i : index;
        }

        Invariant.Holds(index >= 0);
        var content = new Wire.TransactionContent
        {
            SignedTransaction = ByteString.CopyFrom(block.Transactions[index].SignedBytes.Span),
            Receipt = block.Transactions[index].Receipt,
            Index = (ulong)index,
        };
        content.TransactionPath.AddRange(Path([.. leaves.Transactions], index));
        content.ReceiptPath.AddRange(Path([.. leaves.Receipts], index));
        var written = await BeginAsync(node, block.Seal.Header.Height, cancellationToken);
        written.Transaction = content;
        return written.ToByteArray();
    }

    // The header before the proved one fixes its target; those on top bury it, as far as they have come.
    private static async Task<Wire.Proof> BeginAsync(ILedgerNode node, ulong height, CancellationToken cancellationToken)
    {
        var written = new Wire.Proof { Genesis = ByteString.CopyFrom(node.Genesis.Bytes.Span), Height = height };
        var finality = new FinalityTracker(node.Genesis.FinalityBlocks);
        for (var next = Math.Max(1, height - 1); next <= height + HeadersOnTopMax; next++)
        {
            if (await node.ReadBlockHeaderAsync(next, cancellationToken) is not { } seal)
            {
                break;
            }

            written.Headers.Add(ByteString.CopyFrom(seal.ToArray()));
            finality.Add(BuriedBlock.From(seal.Header));
            if (finality.Final?.Height >= height)
            {
                break;
            }
        }

        return written;
    }

    private static IEnumerable<ByteString> Path(Digest[] leaves, int index) =>
        MerkleTree.InclusionProof(leaves, index).Select(digest => ByteString.CopyFrom(digest.ToArray()));
}
