namespace Consortium.Simulation.Running;

/// <summary>A seed that failed once.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Found">The finding that the seed had.</param>
internal sealed record KnownSeed(ulong Seed, string Found);
