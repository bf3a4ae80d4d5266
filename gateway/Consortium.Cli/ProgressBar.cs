using Consortium.Client.Verification;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>Shows progress on standard error, where a person looks at it.</summary>
internal static class ProgressBar
{
    public static async Task<TResult> RunAsync<TResult>(
        VerbContext context,
        string title,
        long bytes,
        Func<IProgress<ChainProgress>?, Task<TResult>> work)
    {
        if (context.Json || context.CliEnvironment.Error != Console.Error || Console.IsErrorRedirected)
        {
            return await work(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(enabled: true).StartAsync(async display =>
        {
            var task = display.AddTask(title, maxValue: Math.Max(1, bytes));
            return await work(new Reporter(task));
        });
    }

    // Progress<T> would queue reports; this one sets the bar where it is called.
    private sealed class Reporter(ProgressTask task) : IProgress<ChainProgress>
    {
        public void Report(ChainProgress value) => task.Value = value.BytesRead;
    }
}
