namespace Consortium.Simulation.Faults;

/// <summary>How often a miner does not do what it is asked, per block and miner.</summary>
/// <param name="SilentPerMillion">It never answers.</param>
/// <param name="LatePerMillion">It answers when another block is due.</param>
/// <param name="WrongPerMillion">Its answer is not the header it was asked for, or not sealed.</param>
internal readonly record struct MinerFaults(int SilentPerMillion, int LatePerMillion, int WrongPerMillion);
