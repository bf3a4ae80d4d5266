using System.Collections.Immutable;

namespace Consortium.Simulation.Faults;

/// <summary>Kinds that a run can be without. A gateway's retry is counted among the faults, but follows from others.</summary>
internal static class SwitchableFaults
{
    public static ImmutableSortedSet<FaultKind> All { get; } = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.GatewayRetried)];

    /// <summary>Finds a kind by its name, in upper or lower case.</summary>
    public static FaultKind? Find(string name)
    {
        foreach (var kind in All)
        {
            if (kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }
}
