using System.Globalization;
using Consortium.Simulation.Running;

namespace Consortium.Simulation.Reporting;

/// <summary>Prints a failed run with the command that repeats it.</summary>
internal static class FailureText
{
    /// <summary>Prints the finding, the last events and the command.</summary>
    /// <param name="output">Where.</param>
    /// <param name="failed">The run.</param>
    /// <param name="withEvents">Whether its last events are written.</param>
    public static void Write(TextWriter output, SimulationResult failed, bool withEvents = true)
    {
        var finding = failed.Finding!;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {failed.Request.Seed} FAILED after {failed.VirtualTime.TotalSeconds:0.0} virtual seconds: checker '{finding.Checker}'"));
        foreach (var line in finding.Detail.Split('\n'))
        {
            output.WriteLine("  " + line.TrimEnd('\r'));
        }

        if (withEvents)
        {
            output.WriteLine("last events:");
            foreach (var line in failed.LastEvents)
            {
                output.WriteLine("  " + line);
            }
        }

        output.WriteLine("replay:");
        output.WriteLine("  " + ReplayCommand.For(failed.Request));
    }
}
