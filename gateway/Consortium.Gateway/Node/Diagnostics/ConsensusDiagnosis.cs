using Consortium.Consensus.Sequencing;

namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>The sequencer's answer to a diagnosis.</summary>
/// <param name="Activation">Journal position at which its activation began.</param>
/// <param name="LedgerHead">The positions and heights that the sequencer has reached.</param>
/// <param name="QueueLength">Transactions that wait to be ordered.</param>
public sealed record ConsensusDiagnosis(ulong Activation, LedgerHead LedgerHead, int QueueLength);
