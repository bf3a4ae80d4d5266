using System.Security.Cryptography;
using Consortium.Consensus.Mining;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Identifiers;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Memory;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Node;

/// <summary>Every role in one process over storage of the test's choice, with one member, accounts and an asset.</summary>
internal sealed class NodeFixture : IAsyncDisposable
{
    private static readonly P256VerifierCache Verifiers = new();
    private ulong _salt;

    private NodeFixture(Genesis genesis, ECDsa memberKey, RolePorts ports)
    {
        Genesis = genesis;
        MemberKey = memberKey;
        Ports = ports;
    }

    public Genesis Genesis { get; }

    public ECDsa MemberKey { get; }

    public RolePorts Ports { get; set; }

    public RoleHarness Node { get; private set; } = null!;

    /// <summary>Journal position of the last submission's batch.</summary>
    public ulong BatchPosition { get; private set; }

    public SequencerOptions Options { get; init; } = new();

    public MemberId Member => Genesis.Members[0].Id;

    public static async Task<NodeFixture> StartAsync(int shardCount = 16, RolePorts? ports = null, SequencerOptions? options = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var genesis = MakeGenesis(key, shardCount);
        var miner = new Miner(genesis.Members[0].Id, message => P256.Sign(key, message), new MinerOptions(1, 20), TimeProvider.System);
        var fixture = new NodeFixture(
            genesis,
            key,
            ports is null
                ? new RolePorts(new MemoryJournal(), new MemorySnapshotStore(), new MemoryLedgerIndex(), [miner])
                : ports with { Miners = [miner] })
        {
            Options = options ?? new SequencerOptions(),
        };
        await fixture.RestartAsync();
        return fixture;
    }

    public static Genesis MakeGenesis(ECDsa key, int shardCount) => MakeGenesis([key], shardCount);

    /// <summary>Makes a network with a member for each key, which is both its authority's and its producer's.</summary>
    public static Genesis MakeGenesis(IReadOnlyList<ECDsa> keys, int shardCount)
    {
        var message = new Wire.Genesis
        {
            Name = "test",
            TimeMs = 1_700_000_000_000,
            ShardCount = (uint)shardCount,
            BlockIntervalMs = 40,
            Target = 0x2000ffff,
            HalfLifeMs = 10_000,
            FinalityBlocks = 3,
            ValidityMaxMs = 3_600_000,
        };
        for (var number = 1; number <= keys.Count; number++)
        {
            var publicKey = ByteString.CopyFrom(P256.PublicKeyOf(keys[number - 1]));
            message.Members.Add(new Wire.GenesisMember
            {
                Name = $"Test Bank {number}",
                Lei = Lei.FromParts($"5299000TESTBANK{number:000}").ToString(),
                Authority = new Wire.Authority { Threshold = 1, Keys = { publicKey } },
                ProducerKey = publicKey,
            });
        }

        return Genesis.FromMessage(message);
    }

    /// <summary>Stops the node, if it runs, and starts another over the same storage.</summary>
    public async Task RestartAsync()
    {
        if (Node is not null)
        {
            await Node.DisposeAsync();
        }

        Node = await RoleHarness.StartAsync(
            Genesis,
            Ports,
            Options,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            CancellationToken.None);
    }

    public Transaction Sign(TransactionBody body, params ECDsa[] keys) => Sign(Genesis, ++_salt, body, keys);

    /// <summary>Makes a transaction for a network; two with the same salt and body have the same id.</summary>
    public static Transaction Sign(Genesis genesis, ulong salt, TransactionBody body, params ECDsa[] keys)
    {
        var validUntil = (ulong)DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeMilliseconds();
        var payload = TransactionCodec.EncodePayload(genesis.Network, validUntil, BitConverter.GetBytes(salt), body);
        var signed = TransactionCodec.EncodeSigned(payload, keys.Select(key =>
        {
            Assert.True(PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey));
            return (publicKey, P256.Sign(key, payload));
        }));
        var refused = TransactionCodec.TryCheck(signed, genesis.Network, Verifiers, out var transaction);
        Assert.Null(refused);
        return transaction!;
    }

    /// <summary>Submits one transaction and returns the codes of the rules it broke.</summary>
    public async Task<IReadOnlyList<uint>> SubmitAsync(Transaction transaction)
    {
        var result = Assert.Single(await Node.SubmitAsync([transaction]));
        Assert.Null(result.Refused);
        BatchPosition = result.Position;
        return [.. result.Outcome!.Rejections.Select(rejection => rejection.Code)];
    }

    public async Task<AccountId> OpenAsync(ECDsa key, string salt = "")
    {
        Assert.True(PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey));
        var body = new OpenAccount(Member, Derive.Party(Member, $"customer {++_salt}"), Authority.Single(publicKey), false, salt);
        Assert.Empty(await SubmitAsync(Sign(body, MemberKey)));
        return body.AccountId;
    }

    public async Task<AssetId> RegisterAsync(AccountId issuer, ECDsa key, string name)
    {
        var body = new RegisterAsset(new AssetDefinition(
            issuer, name, Wire.AssetKind.Other, 2, new Amount(1_000_000_000), "", "", default, Wire.FinalityLevel.Unspecified));
        Assert.Empty(await SubmitAsync(Sign(body, key)));
        return body.AssetId;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        MemberKey.Dispose();
    }
}
