using System.Diagnostics;
using System.Globalization;
using Consortium.Simulation.Reporting;

namespace Consortium.Simulation.Running;

/// <summary>Runs many seeds and prints a summary of them.</summary>
internal sealed class ManySeeds(TextWriter output, TextWriter error)
{
    private readonly Lock _output = new();

    /// <summary>The request for every seed.</summary>
    public required SimulationRequest Request { get; init; }

    public required bool Shrinks { get; init; }

    public required bool KeepGoing { get; init; }

    /// <summary>Whether every seed gets a line as it ends.</summary>
    public required bool TellsEach { get; init; }

    public required int Threads { get; init; }

    public int RunRange(SeedRange range) => Run(range.Seeds, (range.Last - range.First) + 1d, limit: null, []);

    public int RunKnown(IReadOnlyList<KnownSeed> known)
    {
        if (known.Count == 0)
        {
            output.WriteLine($"{KnownSeeds.FileName} lists no seed: none has failed so far.");
            return ExitCode.Clean;
        }

        return Run(known.Select(entry => entry.Seed), known.Count, limit: null, known);
    }

    public int RunFor(TimeSpan limit, ulong from)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fresh seeds from {from}; --from {from} runs the same"));
        return Run(From(from), count: null, limit, []);
    }

    private static IEnumerable<ulong> From(ulong seed)
    {
        while (true)
        {
            yield return seed;
            seed = unchecked(seed + 1);
        }
    }

    private int Run(IEnumerable<ulong> seeds, double? count, TimeSpan? limit, IReadOnlyList<KnownSeed> known)
    {
        using var interrupt = new Interrupt();
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var batch = new SeedBatch(
            seeds,
            RunSeed,
            () => interrupt.IsAsked || (limit is { } time && Stopwatch.GetElapsedTime(start) >= time),
            KeepGoing);
        BatchDisplay.Run(error, batch, Threads, count, limit, asLines: TellsEach);
        SummaryTable.Write(output, batch.Sums, Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - cpu);
        Report(batch.Failures, known);
        if (interrupt.IsAsked)
        {
            output.WriteLine("interrupted before all seeds were run");
        }

        return batch.Sums.Failed == 0 && !interrupt.IsAsked ? ExitCode.Clean : ExitCode.Failed;
    }

    private SimulationResult RunSeed(ulong seed)
    {
        var start = Stopwatch.GetTimestamp();
        var result = SeedThread.Run(Request with { Seed = seed });
        if (TellsEach)
        {
            var line = SeedLine.For(result, Stopwatch.GetElapsedTime(start));
            lock (_output)
            {
                output.WriteLine(line);
            }
        }

        return result;
    }

    // The first failure of each checker is printed in full; later ones are often the same.
    private void Report(IReadOnlyList<SimulationResult> failures, IReadOnlyList<KnownSeed> known)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var failure in KeepGoing ? failures : failures.Take(1))
        {
            output.WriteLine();
            var isFirst = told.Add(failure.Finding!.Checker);
            FailureText.Write(output, failure, isFirst);
            if (known.FirstOrDefault(entry => entry.Seed == failure.Request.Seed) is { Found.Length: > 0 } entry)
            {
                output.WriteLine($"{KnownSeeds.FileName} says that it had found: {entry.Found}");
            }

            if (isFirst && Shrinks)
            {
                ShrinkText.Write(output, error, failure);
            }
        }
    }
}
