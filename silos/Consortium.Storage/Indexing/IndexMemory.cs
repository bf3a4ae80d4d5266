using System.Collections.Immutable;
using Consortium.Consensus.Ports;

namespace Consortium.Storage.Indexing;

/// <summary>Entries that were added and are not in the file yet; replaced as a whole, so that a query sees the old or the new one.</summary>
/// <param name="Runs">One run for each call that added entries.</param>
/// <param name="Blocks">The blocks, in order.</param>
/// <param name="Bytes">Bytes of the runs.</param>
internal sealed record IndexMemory(ImmutableList<MemoryRun> Runs, ImmutableList<IndexedBlock> Blocks, long Bytes)
{
    public static IndexMemory Empty { get; } = new([], [], 0);
}
