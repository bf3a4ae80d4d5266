using System.Security.Cryptography;
using Consortium.Cluster.Tests.Harness;
using Consortium.Cluster.Tests.Storage;
using Consortium.Consensus.Mining;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Signatures;
using Consortium.Silo.Hosting;
using Consortium.Simulation.Memory;
using Consortium.Tests.Node;
using Consortium.Tests.Storage;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Cluster.Tests.Engines;

/// <summary>The roles decide the same on every engine: one recorded workload gives the same receipts, and blocks with the same roots.</summary>
/// <remarks>
/// All share a clock that the test sets, and each batch is sealed before the next is sent, so that every batch has a block of its own, whose
/// state root is the state right after it. Journals differ in how often ordering began anew and how many empty blocks they hold.
/// </remarks>
[Collection(OneClusterAtATime.Name)]
public sealed class EngineTests : IDisposable
{
    private const string Password = "a password";
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly ECDsa _memberKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Genesis _genesis;
    private readonly Workload _workload;
    private readonly TemporaryFolder _folder = new();

    public EngineTests()
    {
        _genesis = NodeFixture.MakeGenesis(_memberKey, shardCount: 16);
        _workload = new Workload(_genesis, _memberKey);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _workload.Dispose();
        _memberKey.Dispose();
    }

    [Fact]
    public async Task Receipts_and_state_roots_are_equal_in_one_process_on_one_silo_and_on_three()
    {
        var expected = await InOneProcessAsync();
        Assert.Contains(expected, result => result.StartsWith("happened", StringComparison.Ordinal));
        Assert.Contains(expected, result => result.StartsWith("rejected", StringComparison.Ordinal));
        Assert.Contains(expected, result => result.StartsWith("refused", StringComparison.Ordinal));
        Assert.Equal(_workload.Batches.Count, expected.Count(IsStateRoot));
        Assert.True(expected.Where(IsStateRoot).Distinct(StringComparer.Ordinal).Count() > _workload.Batches.Count / 2, "Most batches must change the state, or equal roots would say little.");
        Assert.Equal(expected, await OnSilosAsync(1, new SiloOptions { StorageFolder = Path.Combine(_folder.Path, "storage of one") }));
        Assert.Equal(expected, await OnSilosAsync(3, new SiloOptions { StorageFolder = Path.Combine(_folder.Path, "storage of three") }));
    }

    [Fact]
    [Trait("Needs", "Azurite")]
    public async Task Receipts_and_state_roots_are_equal_on_silos_over_a_storage_account()
    {
        var azurite = new Azurite();
        await azurite.InitializeAsync();
        try
        {
            Assert.Equal(await InOneProcessAsync(), await OnSilosAsync(3, new SiloOptions { StorageConnection = azurite.Connection }));
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    private static bool IsStateRoot(string result) => result.StartsWith("state root", StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> InOneProcessAsync()
    {
        var clock = new SteppedClock(_workload.Batches[0].Time);
        var miner = new Miner(_genesis.Members[0].Id, message => P256.Sign(_memberKey, message), new MinerOptions(1, 20), clock);
        await using var node = await RoleHarness.StartAsync(
            _genesis,
            new RolePorts(new MemoryJournal(), new MemorySnapshotStore(), new MemoryLedgerIndex(), [miner]),
            new SequencerOptions(),
            clock,
            NullLoggerFactory.Instance,
            CancellationToken.None);
        return await RunAsync(clock, [node]);
    }

    private async Task<IReadOnlyList<string>> OnSilosAsync(int count, SiloOptions storage)
    {
        var clock = new SteppedClock(_workload.Batches[0].Time);
        var keys = Path.Combine(_folder.Path, "keys");
        Directory.CreateDirectory(keys);
        await File.WriteAllTextAsync(Path.Combine(keys, "bank" + ProducerKeys.FileSuffix), _memberKey.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption));
        var genesis = Path.Combine(_folder.Path, "genesis.bin");
        await File.WriteAllBytesAsync(genesis, _genesis.Bytes.ToArray());
        var silos = new Stack<InProcessSilo>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                silos.Push(await InProcessSilo.StartAsync(
                    storage with
                    {
                        Member = _genesis.Members[0].Name,
                        Gateway = new GatewayOptions
                        {
                            Data = Path.Combine(_folder.Path, $"silo {i} of {count}"),
                            Genesis = genesis,
                            Keys = keys,
                            KeyPassword = Password,
                            MiningDutyPercent = 20,
                        },
                    },
                    clock));
            }

            return await RunAsync(clock, [.. silos.Select(silo => silo.Node)]);
        }
        finally
        {
            while (silos.TryPop(out var silo))
            {
                await silo.DisposeAsync();
            }
        }
    }

    // Batches go to the nodes in turn.
    private async Task<IReadOnlyList<string>> RunAsync(SteppedClock clock, IReadOnlyList<ILedgerNode> nodes)
    {
        var results = new List<string>();
        for (var i = 0; i < _workload.Batches.Count; i++)
        {
            var (time, transactions) = _workload.Batches[i];
            var node = nodes[i % nodes.Count];
            clock.Set(time);
            var answers = await SubmitAsync(node, transactions);
            foreach (var answer in answers)
            {
                results.Add(await DescribeAsync(node, answer));
            }

            results.AddRange(await RootsAsync(node, answers.Max(answer => answer.Position)));
        }

        return results;
    }

    // A shard that moves to a silo that joined may interrupt ordering: the caller is told to send again.
    private static async Task<IReadOnlyList<OrderResult>> SubmitAsync(ILedgerNode node, IReadOnlyList<Consortium.Ledger.Transactions.Transaction> transactions)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var answers = await node.SubmitAsync(transactions);
            if (!answers.Any(answer => answer.Refused is { Code: Refusal.NotServing or Refusal.StorageUnavailable }))
            {
                return answers;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private static async Task<string> DescribeAsync(ILedgerNode node, OrderResult answer)
    {
        if (answer.Refused is { } refused)
        {
            return $"refused {answer.Id} {refused.Code}: {refused.Detail}";
        }

        var recorded = await node.ReadTransactionAsync(answer.Position, answer.Index, CancellationToken.None);
        var receipt = recorded!.Receipt;
        var verdict = receipt.Outcome.Rejections.Count == 0 ? "happened" : "rejected";
        return $"{verdict} {answer.Id} {Convert.ToHexString(receipt.ToByteArray())}";
    }

    private static async Task<IEnumerable<string>> RootsAsync(ILedgerNode node, ulong position)
    {
        using var limit = new CancellationTokenSource(Patience);
        var head = await node.Progress.WaitAsync(now => now.SealedPosition >= position, limit.Token);
        await node.ReadBlockHeaderAsync(head.SealedHeight, limit.Token);
        var header = (await node.Index.FindBlockOfBatchAsync(position, limit.Token))!.Seal.Header;
        return [$"transactions root {header.TransactionsRoot}", $"receipts root {header.ReceiptsRoot}", $"state root {header.StateRoot}"];
    }
}
