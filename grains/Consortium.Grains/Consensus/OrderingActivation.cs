using Consortium.Consensus.Archiving;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;

namespace Consortium.Grains.Consensus;

/// <summary>A sequencer that has recovered, with what stands beside it.</summary>
/// <param name="Sequencer">The sequencer.</param>
/// <param name="Recent">What the block log does not have yet.</param>
/// <param name="Archive">The block log.</param>
internal sealed record OrderingActivation(Sequencer Sequencer, RecentBatches Recent, IBlockArchive Archive);
