namespace Consortium.Simulation.Checkers;

/// <summary>Entries that one activation keeps in memory, or the most that it may keep.</summary>
/// <param name="Queue">Transactions that wait to be ordered.</param>
/// <param name="Window">Transactions that the duplicate window remembers.</param>
/// <param name="Unsealed">Blocks that were cut and are not sealed.</param>
/// <param name="Pending">Sealed blocks that are not final.</param>
/// <param name="Backlog">Blocks and snapshots that the archivist has not kept.</param>
/// <param name="Events">Events that wait in the run's engine.</param>
internal readonly record struct MemorySizes(long Queue, long Window, long Unsealed, long Pending, long Backlog, long Events)
{
    /// <summary>Sizes that nothing exceeds.</summary>
    public static MemorySizes Unbounded { get; } =
        new(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue);
}
