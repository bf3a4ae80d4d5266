namespace Consortium.Simulation.Running;

/// <summary>The progress of a batch of seeds.</summary>
/// <param name="Seeds">Seeds that have ended.</param>
/// <param name="Failed">Number of seeds that failed.</param>
/// <param name="Ordered">Transactions that they ordered.</param>
/// <param name="Oldest">The seed that is under way for longest, if any is.</param>
/// <param name="OldestFor">For how long.</param>
internal readonly record struct BatchProgress(long Seeds, long Failed, long Ordered, ulong? Oldest, TimeSpan OldestFor);
