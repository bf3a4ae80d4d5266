using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;

namespace Consortium.Grains.Consensus;

/// <summary>A sequencer that has recovered, with what stands beside it.</summary>
/// <param name="Sequencer">The sequencer.</param>
/// <param name="Archive">The block log.</param>
internal sealed record OrderingActivation(Sequencer Sequencer, IBlockArchive Archive);
