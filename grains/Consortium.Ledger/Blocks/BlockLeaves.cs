using Consortium.Ledger.Execution;
using Consortium.Ledger.Merkle;
using Google.Protobuf;

namespace Consortium.Ledger.Blocks;

/// <summary>Collects the leaves of the next block's transactions and receipts trees (RFC 6962).</summary>
public sealed class BlockLeaves
{
    private readonly List<Digest> _transactions = [];
    private readonly List<Digest> _receipts = [];

    /// <summary>Transactions so far.</summary>
    public int Count => _transactions.Count;

    /// <summary>Leaf hashes of the transactions tree.</summary>
    public IReadOnlyList<Digest> Transactions => _transactions;

    /// <summary>Leaf hashes of the receipts tree.</summary>
    public IReadOnlyList<Digest> Receipts => _receipts;

    /// <summary>Root over the transactions.</summary>
    public Digest TransactionsRoot => MerkleTree.Root([.. _transactions]);

    /// <summary>Root over the receipts.</summary>
    public Digest ReceiptsRoot => MerkleTree.Root([.. _receipts]);

    /// <summary>Adds a transaction.</summary>
    /// <param name="signedBytes">The encoded signed transaction.</param>
    /// <param name="receipt">Its receipt.</param>
    public void Add(ReadOnlySpan<byte> signedBytes, Wire.Receipt receipt)
    {
        _transactions.Add(MerkleTree.HashLeaf(signedBytes));
        var size = receipt.CalculateSize();
        Span<byte> buffer = size <= 512 ? stackalloc byte[size] : new byte[size];
        receipt.WriteTo(buffer);
        _receipts.Add(MerkleTree.HashLeaf(buffer));
    }

    /// <summary>Adds the executed transactions of a batch.</summary>
    /// <param name="timeMs">Batch time.</param>
    /// <param name="executed">The transactions, in order.</param>
    public void AddBatch(ulong timeMs, IReadOnlyList<ExecutedTransaction> executed)
    {
        foreach (var item in executed)
        {
            Add(item.Transaction.SignedBytes.Span, ExecutedTransaction.Receipt(item.Transaction.Id, timeMs, item.ToOutcome()));
        }
    }
}
