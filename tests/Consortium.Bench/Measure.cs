using System.Diagnostics;

namespace Consortium.Bench;

/// <summary>Wall and processor time of a piece of work in this process.</summary>
internal static class Measure
{
    public static async Task<(double Seconds, double CpuSeconds)> RunAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        await work();
        process.Refresh();
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds);
    }
}
