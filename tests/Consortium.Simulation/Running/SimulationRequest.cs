using System.Collections.Immutable;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>A run that is asked for: a seed, and what shall be otherwise than the seed says.</summary>
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
