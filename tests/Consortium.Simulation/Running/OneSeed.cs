using System.Diagnostics;
using System.Globalization;
using Consortium.Simulation.Reporting;

namespace Consortium.Simulation.Running;

/// <summary>Runs one seed and prints the result.</summary>
internal sealed class OneSeed(TextWriter output, TextWriter error)
{
    /// <summary>Runs it.</summary>
    /// <param name="request">The seed, with the changes to its plan.</param>
    /// <param name="traces">Whether to print every event.</param>
    /// <param name="log">File for the bytes of the event log, or <see langword="null"/>.</param>
    /// <param name="shrinks">Whether to look for a smaller run after a failure, unless this is a narrowed one already.</param>
    public int Run(SimulationRequest request, bool traces, string? log, bool shrinks)
    {
        using var raw = log is null ? null : Open(log);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var result = SeedThread.Run(request, traces ? output : null, raw);
        var realTime = Stopwatch.GetElapsedTime(start);
        var sums = new RunSums();
        sums.Add(result, realTime);
        SummaryTable.Write(output, sums, realTime, Environment.CpuUsage.TotalTime - cpu);
        PlanText.Write(output, new SimulationPlan(request));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"history of {result.Events} events: {result.History}"));
        if (result.Finding is null)
        {
            output.WriteLine("clean");
            return ExitCode.Clean;
        }

        FailureText.Write(output, result);
        var isNarrow = request.Transactions is not null || request.Duration is not null || !request.Without.IsEmpty;
        if (shrinks && !isNarrow && !traces && log is null)
        {
            ShrinkText.Write(output, error, result);
        }

        return ExitCode.Failed;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.Create(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"The log cannot be written: {exception.Message}", "Give --log a file in a folder that exists and can be written to.");
        }
    }
}
