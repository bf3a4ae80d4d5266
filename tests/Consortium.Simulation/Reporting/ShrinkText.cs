using System.Globalization;
using Consortium.Simulation.Running;

namespace Consortium.Simulation.Reporting;

/// <summary>Shrinks a failed run and prints the smallest command that still fails.</summary>
internal static class ShrinkText
{
    /// <summary>Shrinks, with a line for every improvement, and writes the smallest command.</summary>
    public static void Write(TextWriter output, TextWriter error, SimulationResult failed)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"shrinking, in at most {Shrinker.DefaultRunsMax} runs"));
        output.Flush();
        var runs = 0;
        var smallest = new Shrinker(request =>
        {
            var result = SeedThread.Run(request);
            runs++;
            if (result.Finding?.Checker == failed.Finding!.Checker)
            {
                error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {runs} fails too: {ReplayCommand.Arguments(request)}"));
            }

            return result;
        }).Shrink(failed);
        if (ReferenceEquals(smallest, failed))
        {
            output.WriteLine("no smaller run fails the same way");
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"smallest: {smallest.Events} events in place of {failed.Events}, {smallest.Ordered} transactions in place of {failed.Ordered}"));
        FailureText.Write(output, smallest, withEvents: true);
    }
}
