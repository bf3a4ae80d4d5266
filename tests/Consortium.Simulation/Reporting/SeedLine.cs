using System.Globalization;
using Consortium.Simulation.Running;

namespace Consortium.Simulation.Reporting;

/// <summary>A run in a line.</summary>
internal static class SeedLine
{
    public static string For(SimulationResult result, TimeSpan realTime) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {result.Request.Seed}: {(result.Finding is { } finding ? $"FAILED '{finding.Checker}'" : "clean")}, {realTime.TotalMilliseconds:0} ms for {result.VirtualTime.TotalSeconds:0} virtual s, {result.Ordered} of {result.Totals.Submitted} ordered, {result.Totals.Refused} refused, {result.Blocks} blocks, {result.Activations} activations, {result.Events} events, history {result.History.ToString()[..8]}");
}
