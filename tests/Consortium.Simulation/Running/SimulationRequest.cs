using System.Collections.Immutable;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>A request for a run: a seed, and the changes to the plan that the seed gives.</summary>
/// <param name="Seed">Decides everything else.</param>
internal sealed record SimulationRequest(ulong Seed)
{
    /// <summary>Kinds of faults that shall not happen.</summary>
    public ImmutableSortedSet<FaultKind> Without { get; init; } = [];

    public int? Transactions { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Name of a planted defect, or <see langword="null"/>.</summary>
    public string? Defect { get; init; }
}
