using Consortium.Consensus.Sequencing;

namespace Consortium.Node.Diagnostics;

/// <summary>Whoever orders.</summary>
/// <param name="Activation">Journal position at which its activation began.</param>
/// <param name="Moments">How far it has come.</param>
/// <param name="QueueLength">Transactions that wait with it.</param>
public sealed record ConsensusDiagnosis(ulong Activation, Moments Moments, int QueueLength);
