using System.Diagnostics;
using Consortium.Client;
using Consortium.Client.Keys;
using Consortium.Client.Load;
using Consortium.Cluster.Tests.Storage;
using Consortium.Gateway.Demo;
using Consortium.Ledger.Blocks;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Harness;

/// <summary>Silos of the demonstration's members as processes of this machine, over a folder that is deleted with them.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly ITestOutputHelper _output;
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly bool _hasFolder;
    private readonly List<SiloUnderTest> _silos = [];
    private readonly List<SiloUnderTest> _gateways = [];

    private LocalCluster(ITestOutputHelper output, string? azure, string? postgres)
    {
        (_output, _hasFolder) = (output, azure is null);
        if (azure is not null)
        {
            _environment["CONSORTIUM_STORAGE_CONNECTION"] = azure;
        }

        if (postgres is not null)
        {
            _environment["CONSORTIUM_MEMBERSHIP_POSTGRES"] = postgres;
        }

        Genesis = DemoNetwork.Create(NetworkPath, TimeProvider.System);
    }

    /// <summary>Everything of the cluster.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("consortium-cluster-").FullName;

    public Genesis Genesis { get; }

    public string StoragePath => Path.Combine(Folder, "storage");

    public string NetworkPath => Path.Combine(Folder, "network");

    public IReadOnlyList<SiloUnderTest> Silos => _silos;

    /// <summary>Starts silos and waits until all are ready.</summary>
    /// <param name="count">How many.</param>
    /// <param name="output">Where their logs go when the test is over.</param>
    /// <param name="azure">Connection string of the storage, or <see langword="null"/> for a folder.</param>
    /// <param name="postgres">Connection string of the database that keeps membership, or <see langword="null"/> for the storage.</param>
    /// <returns>The cluster.</returns>
    public static async Task<LocalCluster> StartAsync(int count, ITestOutputHelper output, string? azure = null, string? postgres = null)
    {
        var cluster = new LocalCluster(output, azure, postgres);
        try
        {
            for (var i = 0; i < count; i++)
            {
                cluster.Add();
            }

            await cluster.WaitUntilReadyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another silo, of the next member, without waiting for it.</summary>
    /// <param name="storage">A folder that is its storage instead of the cluster's.</param>
    /// <returns>The silo.</returns>
    public SiloUnderTest Add(string? storage = null)
    {
        var number = _silos.Count;
        var member = DemoNetwork.Members[number % DemoNetwork.Members.Count].Name;
        var silo = New($"silo {number + 1}", ["--member", member, "--silo-port", $"{Azurite.FreePort()}"], storage ?? StoragePath);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Starts a gateway that is no silo, without waiting for it.</summary>
    public SiloUnderTest AddGateway()
    {
        var gateway = New($"gateway {_gateways.Count + 1}", ["--host", "gateway"], StoragePath);
        _gateways.Add(gateway);
        return gateway;
    }

    /// <summary>The silo that orders now; waits until there is one.</summary>
    public async Task<SiloUnderTest> OrderingAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            foreach (var silo in _silos.Where(silo => silo.IsRunning))
            {
                if (await silo.StatusAsync() == "ordering")
                {
                    return silo;
                }
            }

            await Task.Delay(Pause);
        }

        throw new InvalidOperationException($"No silo orders after {Patience.TotalSeconds} s.\n{string.Concat(_silos.Select(silo => silo.Log))}");
    }

    public Task WaitUntilReadyAsync() => Task.WhenAll(_silos.Where(silo => silo.IsRunning).Select(silo => silo.WaitUntilReadyAsync()));

    /// <summary>Connects to one process.</summary>
    public static ConsortiumClient Connect(SiloUnderTest silo) => new(new HttpClient { BaseAddress = silo.Url }, TimeProvider.System);

    /// <summary>Connects to whichever silo answers, as a load balancer does.</summary>
    public ConsortiumClient ConnectToAny(int connections)
    {
        var sockets = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        return new ConsortiumClient(
            new HttpClient(new FailoverHandler(() => [.. _silos.Where(silo => silo.IsRunning).Select(silo => silo.Url)], sockets))
            {
                BaseAddress = new Uri("http://any.invalid"),
            },
            TimeProvider.System);
    }

    /// <summary>The member that opens a load's accounts.</summary>
    public LoadCustodian OpenCustodian()
    {
        var keys = DemoNetwork.KeysPath(NetworkPath);
        var password = File.ReadAllText(Path.Combine(keys, KeyPassword.FileName)).Trim();
        return new LoadCustodian(Genesis.Members[0].Id, [KeyFile.Load(Path.Combine(keys, DemoNetwork.Members[0].Name + ".pem"), password)]);
    }

    public void Print(string line) => _output.WriteLine(line);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _silos.Concat(_gateways))
        {
            await process.DisposeAsync();
            _output.WriteLine(process.Log);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private SiloUnderTest New(string name, IReadOnlyList<string> arguments, string storage)
    {
        var url = new Uri($"http://127.0.0.1:{Azurite.FreePort()}");
        List<string> all =
        [
            .. arguments,
            "--client-port", $"{Azurite.FreePort()}",
            "--urls", url.ToString(),
            "--grpc-urls", "off",
            "--data", Path.Combine(Folder, name),
            "--genesis", DemoNetwork.GenesisPath(NetworkPath),
            "--keys", DemoNetwork.KeysPath(NetworkPath),
        ];
        if (_hasFolder)
        {
            all.AddRange(["--storage-folder", storage]);
        }

        var process = new SiloUnderTest(name, url, all, _environment);
        process.Start();
        return process;
    }
}
