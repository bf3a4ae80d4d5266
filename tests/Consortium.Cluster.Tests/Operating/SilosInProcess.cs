using Consortium.Cluster.Tests.Harness;
using Consortium.Gateway.Demo;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Blocks;
using Consortium.Silo.Hosting;
using Consortium.Tests.Cli;
using Consortium.Tests.Storage;

namespace Consortium.Cluster.Tests.Operating;

/// <summary>Two members' silos and a gateway that is none, over a folder, in this process, so that a test can listen to them.</summary>
internal sealed class SilosInProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<InProcessSilo> _processes = [];

    private SilosInProcess() => Genesis = DemoNetwork.Create(_folder.Path, TimeProvider.System);

    public Genesis Genesis { get; }

    /// <summary>The key of the first member, whose password lies beside it.</summary>
    public string MemberKey => Path.Combine(DemoNetwork.KeysPath(_folder.Path), DemoNetwork.Members[0].Name + ".pem");

    public IReadOnlyList<Uri> Urls => [.. _processes.Select(process => process.Url)];

    /// <summary>The gateway that reaches silos as a client.</summary>
    public Uri Gateway => Urls[^1];

    public static async Task<SilosInProcess> StartAsync()
    {
        var cluster = new SilosInProcess();
        try
        {
            await cluster.AddAsync(new SiloOptions { Member = DemoNetwork.Members[0].Name });
            await cluster.AddAsync(new SiloOptions { Member = DemoNetwork.Members[1].Name });
            await cluster.AddAsync(new SiloOptions { Host = SiloHostKind.Gateway });
            await ShardSpread.WaitUntilEvenAsync(cluster._processes[^1].Grains, cluster.Genesis, silos: 2);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the command line against one of the processes.</summary>
    public static Task<CliRun> RunAsync(Uri url, params string[] words) =>
        CliRun.WithAsync(_ => new SocketsHttpHandler(), [.. words, "--url", url.ToString()]);

    /// <summary>Opens an account through the gateway and waits until that is sealed.</summary>
    public async Task OpenAccountAsync()
    {
        string[] words = ["account", "open", "--custodian", Genesis.Members[0].Id.ToString(), "--authority", MemberKey, "--key", MemberKey, "--wait", "sealed", "--json"];
        var run = await RunAsync(Gateway, words);
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task AddAsync(SiloOptions options) => _processes.Add(await InProcessSilo.StartAsync(
        options with
        {
            StorageFolder = Path.Combine(_folder.Path, "storage"),
            Gateway = new GatewayOptions
            {
                Data = Path.Combine(_folder.Path, $"process {_processes.Count}"),
                Genesis = DemoNetwork.GenesisPath(_folder.Path),
                Keys = DemoNetwork.KeysPath(_folder.Path),
            },
        },
        TimeProvider.System));
}
