using Consortium.Consensus.Sequencing;

namespace Consortium.Consensus.Ports;

/// <summary>Receives sealed blocks and snapshots from the sequencer, one call at a time. The sequencer waits for each: calls must be quick.</summary>
public interface ILedgerObserver
{
    /// <summary>Waits until the observer can take more sealed blocks.</summary>
    /// <returns>
    /// A task that completes when it can, nearly always completed. Until then no block is cut and submissions are refused, so that
    /// what waits in memory is bounded.
    /// </returns>
    Task ReadyAsync();

    /// <summary>A block is sealed and the seal is durable.</summary>
    /// <param name="block">The block.</param>
    void OnSealed(SealedBlock block);

    /// <summary>A snapshot of a sealed block is to be kept; the block was announced before.</summary>
    /// <param name="snapshot">The snapshot; the observer reads it and ends it.</param>
    void OnSnapshot(SnapshotExport snapshot);
}
