namespace Consortium.Consensus.Sequencing;

/// <summary>Bounds of the sequencer.</summary>
public sealed record SequencerOptions
{
    /// <summary>Most transactions in one batch.</summary>
    /// <value>Default 2,000: about 20 ms of execution, so that one batch delays the next little.</value>
    public int BatchTransactionsMax { get; init; } = 2_000;

    /// <summary>Most transactions that wait; more are refused as overloaded.</summary>
    /// <value>Default 20,000: a few seconds of work.</value>
    public int QueueTransactionsMax { get; init; } = 20_000;

    /// <summary>State values kept decoded between batches, per generation of two.</summary>
    /// <value>Default 100,000.</value>
    public int CachedValues { get; init; } = 100_000;

    /// <summary>Transactions after which a snapshot is taken.</summary>
    /// <value>Default 100,000; more while the journal has grown by less than half the last snapshot. A restart executes at most those again.</value>
    public int SnapshotTransactions { get; init; } = 100_000;

    /// <summary>Least time between cuts, in percent of the block interval.</summary>
    /// <value>Default 50: blocks then come once an interval on average, and no two closer than half of one.</value>
    public int CutPercent { get; init; } = 50;

    /// <summary>Wait before storage that failed is tried again.</summary>
    /// <value>Default 1 second.</value>
    public TimeSpan StorageRetry { get; init; } = TimeSpan.FromSeconds(1);
}
