using System.Diagnostics;
using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation.Running;

/// <summary>The program as it is started, in processes that differ in everything but the seed.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-simulation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Processes_with_other_cultures_collectors_and_numbers_of_cores_write_the_same_log()
    {
        var plain = await LogAsync("plain",
        [
            ("LC_ALL", "C"),
        ]);
        var other = await LogAsync("other",
        [
            ("LC_ALL", "tr_TR.UTF-8"),
            ("TZ", "Asia/Kolkata"),
            ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"),
            ("DOTNET_PROCESSOR_COUNT", "1"),
            ("DOTNET_gcServer", "1"),
            ("DOTNET_TieredCompilation", "0"),
        ]);
        var third = await LogAsync("third",
        [
            ("LC_ALL", "de_DE.UTF-8"),
            ("DOTNET_PROCESSOR_COUNT", "7"),
            ("DOTNET_ThreadPool_ForceMinWorkerThreads", "9"),
            ("DOTNET_gcConcurrent", "1"),
            ("DOTNET_TieredPGO", "0"),
        ]);
        Assert.NotEmpty(plain);
        Assert.Equal(plain, other);
        Assert.Equal(plain, third);
    }

    [Fact]
    public async Task A_wrong_input_ends_the_process_with_2()
    {
        var (code, text) = await RunAsync(["--seeds", "9..1"], []);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("'9..1' given for --seeds", text, StringComparison.Ordinal);
    }

    private async Task<byte[]> LogAsync(string name, IReadOnlyList<(string Name, string Value)> environment)
    {
        var file = Path.Combine(_folder, name);
        var (code, text) = await RunAsync(["--seed", "3", "--transactions", "200", "--seconds", "60", "--log", file], environment);
        Assert.True(code == ExitCode.Clean, text);
        return await File.ReadAllBytesAsync(file);
    }

    private static async Task<(int Code, string Text)> RunAsync(string[] arguments, IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Consortium.Simulation.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
