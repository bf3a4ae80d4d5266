using System.Globalization;
using System.Security.Cryptography;
using Consortium.Consensus.Mining;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Grains;
using Consortium.Grains.Consensus;
using Consortium.Grains.Diagnostics;
using Consortium.Grains.Hosting;
using Consortium.Grains.Messages;
using Consortium.Grains.Mining;
using Consortium.Grains.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Memory;
using Consortium.Tests.Node;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;

namespace Consortium.Cluster.Tests.Grains;

/// <summary>The ledger's grains on silos of this process that share a journal in memory; each silo is another member's.</summary>
internal sealed class GrainCluster : IAsyncDisposable
{
    private const int ShardCount = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private readonly ECDsa[] _keys;
    private readonly InProcessTestCluster _cluster;
    private readonly MemorySnapshotStore _snapshots = new();
    private readonly MemoryLedgerIndex _archive = new();
    private ulong _salt;

    private GrainCluster(int silos, int members)
    {
        _keys = [.. Enumerable.Range(0, members).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256))];
        Genesis = NodeFixture.MakeGenesis(_keys, ShardCount);
        var builder = new InProcessTestClusterBuilder((short)silos);

        builder.ConfigureSilo(AddSilo);
        builder.ConfigureClient(client => client.AddLedgerClient());
        _cluster = builder.Build();
    }

    public Genesis Genesis { get; }

    public MemoryJournal Journal { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The silos that run, in the order of their members.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>Starts silos, of the first members.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="members">How many members the network has.</param>
    /// <returns>The cluster.</returns>
    public static async Task<GrainCluster> StartAsync(int silos, int members)
    {
        var cluster = new GrainCluster(silos, members);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public Task<InProcessSiloHandle> AddSiloAsync() => _cluster.StartAdditionalSiloAsync();

    public Task StopAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    public Task KillAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);

    /// <summary>The silo that orders now; waits until there is one.</summary>
    public async Task<InProcessSiloHandle> OrderingAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        InProcessSiloHandle? ordering;
        do
        {
            await WaitUntilOrderingAsync(limit.Token);
            ordering = Silos.FirstOrDefault(silo => silo.ServiceProvider.GetRequiredService<ConsensusPresence>().IsOrdering);
        }
        while (ordering is null);
        return ordering;
    }

    /// <summary>Opens an account, asking again until its transaction is ordered.</summary>
    /// <returns>The transaction.</returns>
    public async Task<TransactionId> OpenAccountAsync()
    {
        var (member, key) = (Genesis.Members[0].Id, _keys[0]);
        Assert.True(PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey));
        var body = new OpenAccount(member, Derive.Party(member, $"customer {++_salt}"), Authority.Single(publicKey), false, $"{_salt:x8}");
        var transaction = NodeFixture.Sign(Genesis, _salt, body, key);
        using var limit = new CancellationTokenSource(Patience);
        OrderAnswer? answer;
        do
        {
            await WaitUntilOrderingAsync(limit.Token);
            answer = await SubmitAsync(transaction);
            Assert.True(answer is null or { Refusal: 0 or (int)Refusal.NotServing }, answer?.Message);
        }
        while (answer?.Refusal != 0);
        return transaction.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        foreach (var key in _keys)
        {
            key.Dispose();
        }
    }

    // The sequencer answers when it has recovered, or after a second: asking it is waiting for it.
    private async Task WaitUntilOrderingAsync(CancellationToken cancellationToken)
    {
        var isOrdering = false;
        while (!isOrdering)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var reply = await Grains.GetGrain<IConsensusGrain>(0).FollowAsync(new FollowRequest(0, 0, 0)).WaitAsync(cancellationToken);
                isOrdering = reply.Activation > 0;
            }
            catch (Exception exception) when (GrainFaults.IsUnreachable(exception))
            {
                // The silo that ordered has died, and the others have yet to declare it dead.
                await Task.Delay(Again, cancellationToken);
            }
        }
    }

    // Nobody answers when the silo that orders has just died.
    private async Task<OrderAnswer?> SubmitAsync(Transaction transaction)
    {
        try
        {
            var reply = await Grains.GetGrain<IConsensusGrain>(0).SubmitAsync(new OrderRequest(Blobs.From([transaction.SignedBytes]), []));
            return Assert.Single(reply.Answers);
        }
        catch (Exception exception) when (GrainFaults.IsUnreachable(exception))
        {
            return null;
        }
    }

    private void AddSilo(InProcessTestSiloSpecificOptions options, ISiloBuilder silo)
    {
        // The builder numbers its silos from 0 by the ends of their names.
        var number = int.Parse(options.SiloName[^1..], CultureInfo.InvariantCulture);
        var (member, key) = (Genesis.Members[number].Id, _keys[number]);
        var miner = new Miner(member, message => P256.Sign(key, message), new MinerOptions(1, 20), TimeProvider.System);
        silo.AddLedgerGrains([member]);
        silo.Services.AddSingleton(TimeProvider.System);
        silo.Services.AddSingleton(new ClusterNetwork(Genesis));
        silo.Services.AddSingleton<LocalShards>();
        silo.Services.AddSingleton(new LocalMiners(new Dictionary<MemberId, IMiner> { [member] = miner }));
        silo.Services.AddSingleton<ISiloReporter>(new MemberReporter(member));
        silo.Services.AddSingleton(services =>
            new ConsensusPresence(TimeProvider.System, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        silo.Services.AddSingleton(new ConsensusPorts(
            Journal,
            _snapshots,
            _ => ValueTask.FromResult<IBlockArchive>(_archive),
            new SequencerOptions(),
            () => Assert.Fail("The ledger broke its own rule.")));
    }

    private sealed class MemberReporter(MemberId member) : ISiloReporter
    {
        public SiloReport Report() => new(member.ToString(), "following", "test", DateTimeOffset.UnixEpoch, CertificateExpires: null);
    }
}
