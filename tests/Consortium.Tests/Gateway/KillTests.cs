using System.Globalization;
using Consortium.Bench;
using Consortium.Client.Load;
using Xunit.Abstractions;

namespace Consortium.Tests.Gateway;

public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>CONSORTIUM_KILLS sets how often; a few times where nothing is set.</summary>
    [Fact]
    public async Task Nothing_acknowledged_is_missing_or_there_twice_after_a_kill()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("CONSORTIUM_KILLS") ?? "3", CultureInfo.InvariantCulture);
        using var gateway = await SiloUnderLoad.StartAsync(Path.Combine(_folder, "data"));
        for (var kill = 1; kill <= kills; kill++)
        {
            var acks = Path.Combine(_folder, $"acks-{kill}");
            using var client = gateway.Connect(8);
            var options = new LoadOptions
            {
                Accounts = 50,
                Duration = TimeSpan.FromSeconds(6),
                BatchSize = 20,
                TransactionsMax = 20_000,
                Rate = 3_000,
                AcksPath = acks,
            };
            var load = new LoadGenerator(client, TimeProvider.System).RunAsync(options, gateway.Custodian, progress: null, CancellationToken.None);
            await WaitForAcksAsync(acks, load);
            await gateway.RestartAsync();
            var result = await load.WaitAsync(Limit);
            using var checker = gateway.Connect(1);
            var report = await new AckCheck(checker, TimeProvider.System).RunAsync(acks, Limit, CancellationToken.None);
            output.WriteLine($"kill {kill}: {result.Committed} committed, {report}");
            Assert.True(report.Acked > 0, "the load acknowledged nothing before the kill");
            Assert.Equal(0, report.Missing);
            Assert.Equal(0, report.Duplicated);
        }
    }

    // Killed in the middle of a load that is going, at no special place.
    private static async Task WaitForAcksAsync(string acks, Task load)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!load.IsCompleted && (!File.Exists(acks) || new FileInfo(acks).Length < 100_000))
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.False(load.IsCompleted, "the load ended before the kill");
    }
}
