using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Consensus.Mining;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Demo;
using Consortium.Gateway.Hosting;
using Consortium.Grains;
using Consortium.Grains.Consensus;
using Consortium.Grains.Diagnostics;
using Consortium.Grains.Hosting;
using Consortium.Grains.Mining;
using Consortium.Grains.Shards;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Members;
using Consortium.Silo.Diagnostics;
using Consortium.Silo.Following;
using Consortium.Silo.Membership;
using Consortium.Storage;
using Consortium.Storage.Indexing;
using Consortium.Storage.Snapshots;
using Orleans.Configuration;
using Orleans.Storage;

namespace Consortium.Silo.Hosting;

/// <summary>Adds a silo, or a client of silos, to a gateway.</summary>
internal sealed class SiloSetup(
    SiloOptions options,
    DataFolder folder,
    ClusterStorage storage,
    Genesis genesis,
    TimeProvider timeProvider,
    Stack<IDisposable> opened)
{
    private OwnCertificate? _certificate;

    // A silo stands for the member that it is told, or for every member whose producer key it has.
    private readonly Member? _member = options is { Host: SiloHostKind.Silo, Member: { } name } ? SiloNetwork.FindMember(genesis, name) : null;

    /// <summary>Adds services to the gateway that the process serves.</summary>
    /// <param name="builder">The gateway's own services are in it already.</param>
    public void Add(WebApplicationBuilder builder)
    {
        // Health has to answer while the silo joins, which may take a while.
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ServicesStartConcurrently = true;
            host.ShutdownTimeout = TimeSpan.FromSeconds(options.DrainSeconds);
        });
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);

        // Polly logs each retry of Orleans, which reports the failure itself when it gives up.
        builder.Logging.AddFilter("Polly", LogLevel.None);

        // Probes ask every second, and each answer while the silo joins would be logged as a failure.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        builder.Services.AddSingleton(timeProvider);
        builder.Services.AddSingleton(new ClusterNetwork(genesis));
        builder.Services.AddSingleton<LocalShards>();
        builder.Services.AddSingleton(services => new ConsensusPresence(timeProvider, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        if (options.Host == SiloHostKind.Silo)
        {
            builder.Host.UseOrleans(AddSilo);
            builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloFollowing>();
        }
        else
        {
            builder.Host.UseOrleansClient(AddClient);
            builder.Services.AddSingleton<ILifecycleParticipant<IClusterClientLifecycle>, ClientFollowing>();
        }

        if (options.Gateway.Demo)
        {
            builder.Services.AddSingleton(new DemoScenario(Console.Out, timeProvider));
            builder.Services.AddHostedService<ScenarioRunner>();
        }

        builder.Services.AddSingleton(NewNode);
        builder.Services.AddSingleton<FollowingRun>();
    }

    private void AddSilo(ISiloBuilder silo)
    {
        var miners = Miners();
        silo.Configure<ClusterOptions>(ConfigureCluster);
        silo.ConfigureEndpoints(options.Address, options.SiloPort, options.ClientPort, listenOnAnyHostAddress: options.IsReachable);
        silo.AddLedgerGrains(_member is null ? miners.Members : [_member.Id]);
        silo.Services.AddSingleton(miners);
        silo.Services.AddSingleton(NewConsensusPorts);
        storage.AddTo(silo);
        if (options.SiloName is { } name)
        {
            silo.Configure<Orleans.Configuration.SiloOptions>(orleans => orleans.SiloName = name);
        }

        if (AddGate(silo.Services))
        {
            silo.Services.AddOptions<SiloConnectionOptions>().Configure<MemberGate>((connections, gate) => gate.Guard(connections));
        }

        silo.Services.AddSingleton<ISiloReporter>(services => new SiloReporter(
            _member?.Id,
            () => _certificate?.Expires,
            services.GetRequiredService<NodeSource>(),
            services.GetRequiredService<TimeProvider>()));
    }

    private ConsensusPorts NewConsensusPorts(IServiceProvider services) => new(
        storage.Journal,
        new GrainSnapshotStore(
            services.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.SnapshotStorage),
            genesis.Network.ToString(),
            services.GetRequiredService<ILogger<GrainSnapshotStore>>()),
        async token => await storage.OpenBlocksAsync(token),
        new SequencerOptions
        {
            QueueTransactionsMax = options.Gateway.QueueTransactionsMax,
            SnapshotTransactions = options.SnapshotTransactions,
        },
        () =>
        {
            services.GetRequiredService<ExitCode>().Value = 1;
            services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        });

    private void AddClient(IClientBuilder client)
    {
        client.Configure<ClusterOptions>(ConfigureCluster);
        client.AddLedgerClient();
        storage.AddTo(client);
        if (AddGate(client.Services))
        {
            client.Services.AddOptions<ClientConnectionOptions>().Configure<MemberGate>((connections, gate) => gate.Guard(connections));
        }
    }

    // One network is one cluster, for silos and for gateways, in whatever place and by whatever member they are run: silos of another cannot join by mistake.
    private void ConfigureCluster(ClusterOptions cluster)
    {
        cluster.ClusterId = genesis.Network.ToString()[..16];
        cluster.ServiceId = "consortium";
    }

    private bool AddGate(IServiceCollection services)
    {
        if (options.Certificate is null || options.CertificateKey is null)
        {
            return false;
        }

        var directory = new MemberDirectory(genesis);
        var own = new OwnCertificate(options.Certificate, options.CertificateKey, certificate => RequireLetIn(certificate, directory));
        opened.Push(own);
        _certificate = own;
        services.AddSingleton(directory);
        services.AddSingleton(own);
        services.AddHostedService<CertificateRefresh>();
        services.AddSingleton<MemberConnections>();
        services.AddHostedService<MemberRefresh>();
        services.AddSingleton(provider => new MemberGate(
            own,
            genesis.Network,
            provider.GetRequiredService<MemberDirectory>(),
            provider.GetRequiredService<MemberConnections>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MemberGate>>()));
        return true;
    }

    // The other silos would refuse the certificate one by one; here the reason is given once, before the silo starts.
    private void RequireLetIn(X509Certificate2 certificate, MemberDirectory directory)
    {
        var check = MemberCertificateRule.Check(certificate, directory.Members, genesis.Network, timeProvider.GetUtcNow());
        if (!check.IsLetIn)
        {
            throw new MemberCertificateException("certificate_refused", $"No silo would let this one in. {check.Message}", check.Action);
        }

        if (_member is not null && check.Member.Id != _member.Id)
        {
            throw new MemberCertificateException(
                "certificate_of_another_member",
                $"The certificate '{options.Certificate}' is {check.Member.Name}'s, but --member says {_member.Name}.",
                "Give the certificate of the member whose silo this is, or the other --member.");
        }
    }

    private LocalMiners Miners()
    {
        var keys = ProducerKeys.Read(options.Gateway, options.Gateway.Data, genesis);
        opened.Push(keys);
        var mining = new MinerOptions(options.Gateway.MiningThreads, options.Gateway.MiningDutyPercent);
        return new LocalMiners(keys.ByMember
            .Where(pair => _member is null || pair.Key == _member.Id)
            .ToDictionary(pair => pair.Key, IMiner (pair) => new Miner(pair.Key, pair.Value.Sign, mining, timeProvider)));
    }

    private ClusterNode NewNode(IServiceProvider services)
    {
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var index = SqliteLedgerIndex.Open(folder, loggers.CreateLogger<SqliteLedgerIndex>());
        opened.Push(index);
        var ports = new ClusterPorts(
            services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<ConsensusPresence>(),
            services.GetRequiredService<LocalShards>(),
            storage.Journal,
            token => storage.OpenBlocksAsync(token),
            index,
            options.Gateway.QueueTransactionsMax);
        return ClusterNode.Create(genesis, ports, services.GetRequiredService<TimeProvider>(), loggers);
    }
}
