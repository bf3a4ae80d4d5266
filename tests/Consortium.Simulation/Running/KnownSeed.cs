namespace Consortium.Simulation.Running;

/// <summary>A seed that failed once.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Found">What it had found.</param>
internal sealed record KnownSeed(ulong Seed, string Found);
