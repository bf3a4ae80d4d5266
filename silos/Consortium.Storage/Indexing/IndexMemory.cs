using System.Collections.Immutable;
using Consortium.Consensus.Ports;

namespace Consortium.Storage.Indexing;

/// <summary>What was added and is not yet in the file; replaced as a whole, so that questions see one or the other.</summary>
/// <param name="Runs">One run per call that added something.</param>
/// <param name="Blocks">The blocks, in order.</param>
/// <param name="Bytes">Bytes of the runs.</param>
internal sealed record IndexMemory(ImmutableList<MemoryRun> Runs, ImmutableList<IndexedBlock> Blocks, long Bytes)
{
    public static IndexMemory Empty { get; } = new([], [], 0);
}
