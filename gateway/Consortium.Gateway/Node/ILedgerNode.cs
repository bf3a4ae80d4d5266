using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Node.Diagnostics;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Node;

/// <summary>The ledger as a gateway uses it: submitting, reading, proving and diagnosing, over whichever engine runs the roles.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
public interface ILedgerNode
{
    /// <summary>The network's genesis.</summary>
    Genesis Genesis { get; }

    /// <summary>The positions and heights that the ledger has reached, and a way to wait for later ones.</summary>
    LedgerProgress Progress { get; }

    /// <summary>Whether requests are served.</summary>
    NodeStatus Status { get; }

    /// <summary>Transactions that wait to be ordered.</summary>
    int QueueLength { get; }

    /// <summary>Questions about sealed blocks and the past.</summary>
    ILedgerIndex Index { get; }

    /// <summary>Has transactions ordered.</summary>
    /// <param name="transactions">Transactions whose form and signatures were checked.</param>
    /// <returns>One answer per transaction, in their order, once every one is durable or refused.</returns>
    Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions);

    /// <summary>Executes a transaction against the present state without recording it.</summary>
    /// <param name="transaction">The transaction; its signers are taken as given.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The result that the transaction would have now.</returns>
    Task<DryRun> DryRunAsync(Transaction transaction, CancellationToken cancellationToken);

    /// <summary>Reads a value of the live state: all that was acknowledged before the call is seen.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The value, or <see langword="null"/>.</returns>
    ValueTask<StateValue?> ReadAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>Lists an account's holdings in the live state.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Holdings in order of instrument, those of zero included, and the journal position they stand for.</returns>
    ValueTask<AccountHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Finds a transaction that was ordered.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The transaction with its receipt, or <see langword="null"/>.</returns>
    ValueTask<RecordedTransaction?> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken);

    /// <summary>Reads a transaction by its place.</summary>
    /// <param name="position">Journal position of its batch.</param>
    /// <param name="index">Place in the batch.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The transaction with its receipt, or <see langword="null"/> when there is none at that place.</returns>
    ValueTask<RecordedTransaction?> ReadTransactionAsync(ulong position, int index, CancellationToken cancellationToken);

    /// <summary>Reads a sealed block with its transactions.</summary>
    /// <param name="height">From 1.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The block, or <see langword="null"/> when it is not sealed.</returns>
    ValueTask<RecordedBlock?> ReadBlockAsync(ulong height, CancellationToken cancellationToken);

    /// <summary>Reads a sealed block's header.</summary>
    /// <param name="height">From 1.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The sealed header, or <see langword="null"/> when the block is not sealed.</returns>
    ValueTask<BlockSeal?> ReadBlockHeaderAsync(ulong height, CancellationToken cancellationToken);

    /// <summary>Reads journal entries in order, for event streams.</summary>
    /// <param name="fromPosition">The first position.</param>
    /// <param name="toPosition">The last position, inclusive.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entries without gaps, up to the present head.</returns>
    IAsyncEnumerable<JournalEntry> ReadJournalAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken);

    /// <summary>Writes the chain up to a sealed block in the export format (SPEC.md section 7).</summary>
    /// <param name="destination">The stream to write to.</param>
    /// <param name="toHeight">The last block.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>A task that completes when all is written.</returns>
    Task ExportAsync(Stream destination, ulong toHeight, CancellationToken cancellationToken);

    /// <summary>Proves a value of the state, or its absence, at the last block that was cut, and waits until that is sealed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Canonical bytes of a <see cref="Ledger.Wire.Proof"/>.</returns>
    Task<byte[]> ProveStateAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>Proves a transaction and its receipt at the block that holds it; waits until that block is sealed.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Canonical bytes of a <see cref="Ledger.Wire.Proof"/>, or <see langword="null"/> when the transaction is unknown.</returns>
    Task<byte[]?> ProveTransactionAsync(TransactionId id, CancellationToken cancellationToken);

    /// <summary>Asks the sequencer, the shards and the silos for their state; works whatever this node's status is.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answers that came within a few seconds; a part that did not answer is listed with the reason.</returns>
    Task<LedgerDiagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}
