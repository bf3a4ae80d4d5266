namespace Consortium.Simulation.Faults;

/// <summary>Rates at which a miner misbehaves, per block and miner.</summary>
/// <param name="SilentPerMillion">The miner never answers.</param>
/// <param name="LatePerMillion">The miner answers when another block is due.</param>
/// <param name="WrongPerMillion">The miner's answer is another header than the one asked for, or is not sealed.</param>
internal readonly record struct MinerFaults(int SilentPerMillion, int LatePerMillion, int WrongPerMillion);
