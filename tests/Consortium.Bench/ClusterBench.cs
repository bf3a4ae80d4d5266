using System.Globalization;
using Consortium.Client.Load;

namespace Consortium.Bench;

/// <summary>Three silos on one machine and one silo on the same machine, under the same load.</summary>
internal static class ClusterBench
{
    public static async Task<IReadOnlyList<BenchRow>> RunAsync(Action<string> progress)
    {
        var folder = Directory.CreateTempSubdirectory("consortium-bench-").FullName;
        try
        {
            progress("deals on one silo …");
            HttpLoad one;
            using (var gateway = await SiloUnderLoad.StartAsync(Path.Combine(folder, "one")))
            {
                one = await HttpLoad.RunAsync(gateway, Options);
            }

            progress("deals on three silos …");
            HttpLoad three;
            using (var cluster = ClusterProcesses.Start(Path.Combine(folder, "three")))
            {
                three = await HttpLoad.RunAsync(cluster, Options);
            }

            return [Throughput(one.Result, three.Result), Cpu(one, three)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Three processes compile everything and meet every key three times: that has to be over before counting begins.
    private static LoadOptions Options => new()
    {
        Accounts = 10_000,
        Duration = TimeSpan.FromSeconds(40),
        Connections = 16,
        BatchSize = 64,
        TwoParty = true,
        WarmUp = TimeSpan.FromSeconds(20),
    };

    private static BenchRow Throughput(LoadResult one, LoadResult three) => new(
        "deals per second on three silos of one machine ÷ on one silo",
        three.PerSecond / one.PerSecond,
        0.6,
        AtMost: false,
        string.Create(CultureInfo.InvariantCulture, $"{three.PerSecond:N0}/s ÷ {one.PerSecond:N0}/s"));

    private static BenchRow Cpu(HttpLoad one, HttpLoad three)
    {
        var (perOne, perThree) = (one.ServerCpuSeconds / one.Result.Committed, three.ServerCpuSeconds / three.Result.Committed);
        return new BenchRow(
            "processor time per deal on three silos ÷ on one silo",
            perThree / perOne,
            1.6,
            AtMost: true,
            string.Create(CultureInfo.InvariantCulture, $"{perThree * 1e6:N0} µs ÷ {perOne * 1e6:N0} µs"));
    }
}
