using Consortium.Consensus.Sequencing;

namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>What the sequencer answered to a diagnosis.</summary>
/// <param name="Activation">Journal position at which its activation began.</param>
/// <param name="LedgerHead">How far it has come.</param>
/// <param name="QueueLength">Transactions that wait with it.</param>
public sealed record ConsensusDiagnosis(ulong Activation, LedgerHead LedgerHead, int QueueLength);
