namespace Consortium.Simulation.Running;

/// <summary>How far a batch has come.</summary>
/// <param name="Seeds">Seeds that have ended.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Ordered">Transactions that they ordered.</param>
/// <param name="Oldest">The seed that is under way for longest, if any is.</param>
/// <param name="OldestFor">For how long.</param>
internal readonly record struct BatchProgress(long Seeds, long Failed, long Ordered, ulong? Oldest, TimeSpan OldestFor);
