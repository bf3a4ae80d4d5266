using System.Diagnostics;
using System.Globalization;
using Consortium.Simulation.Running;
using Spectre.Console;

namespace Consortium.Simulation.Reporting;

/// <summary>Shows how far a batch has come: a bar where a person looks, otherwise a line now and then.</summary>
internal static class BatchDisplay
{
    private const int Width = 120;
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    /// <summary>Runs a batch and shows its progress until it has ended.</summary>
    /// <param name="error">Where.</param>
    /// <param name="batch">It.</param>
    /// <param name="threads">Seeds at a time.</param>
    /// <param name="count">How many seeds there are, if that is known.</param>
    /// <param name="limit">How long it goes on, if that is known.</param>
    /// <param name="asLines">Whether lines are written even where a person looks.</param>
    public static void Run(TextWriter error, SeedBatch batch, int threads, double? count, TimeSpan? limit, bool asLines)
    {
        var start = Stopwatch.GetTimestamp();
        var runner = new Thread(() => batch.Run(threads));
        runner.Start();
        var console = Consoles.For(error, Width);
        if (console.Profile.Capabilities.Interactive && !asLines)
        {
            ShowBar(console, batch, runner, count, limit);
            return;
        }

        while (!runner.Join(LineEvery))
        {
            error.WriteLine(Line(batch.Progress, Stopwatch.GetElapsedTime(start), count));
        }
    }

    internal static void ShowBar(IAnsiConsole console, SeedBatch batch, Thread runner, double? count, TimeSpan? limit)
    {
        var start = Stopwatch.GetTimestamp();
        console.Progress().AutoClear(enabled: true).Columns(new ProgressBarColumn(), new TaskDescriptionColumn()).Start(display =>
        {
            var task = display.AddTask("begins", maxValue: count ?? limit!.Value.TotalSeconds);
            do
            {
                var elapsed = Stopwatch.GetElapsedTime(start);
                task.Value = count is null ? elapsed.TotalSeconds : batch.Progress.Seeds;
                task.Description = Markup.Escape(Line(batch.Progress, elapsed, count));
            }
            while (!runner.Join(BarEvery));
        });
    }

    internal static string Line(BatchProgress progress, TimeSpan elapsed, double? count)
    {
        var of = count is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:0}") : "";
        var oldest = progress.Oldest is { } seed
            ? string.Create(CultureInfo.InvariantCulture, $"; longest under way: seed {seed}, {progress.OldestFor.TotalSeconds:0} s")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Seeds}{of} seeds, {progress.Failed} failed, {progress.Ordered} transactions in {elapsed.TotalSeconds:0} s{oldest}");
    }
}
