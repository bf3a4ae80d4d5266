using System.Security.Cryptography;
using Consortium.Consensus.Sequencing;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Microsoft.Extensions.Logging.Abstractions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Node;

public sealed class ShardingTests : IDisposable
{
    private const ulong TimeMs = 1_750_000_000_000;

    private readonly ECDsa _memberKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _ownerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _memberKey.Dispose();
        _ownerKey.Dispose();
    }

    [Fact]
    public async Task The_number_of_shards_changes_no_receipt()
    {
        var one = await RunAsync(shardCount: 1, batchSize: 7);
        foreach (var shardCount in new[] { 16, 64 })
        {
            var many = await RunAsync(shardCount, batchSize: 7);
            Assert.Equal(one.Outcomes, many.Outcomes);
            Assert.NotEqual(one.Root, many.Root);
        }

        // The workload must contain both kinds of outcome, or equality would say little.
        Assert.Contains(one.Outcomes, outcome => outcome.Rejections.Count == 0);
        Assert.Contains(one.Outcomes, outcome => outcome.Rejections.Count > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(64)]
    public async Task The_batching_of_calls_changes_no_state_root(int shardCount)
    {
        var whole = await RunAsync(shardCount, batchSize: 1_000);
        foreach (var batchSize in new[] { 1, 3, 50 })
        {
            var parts = await RunAsync(shardCount, batchSize);
            Assert.Equal(whole.Root, parts.Root);
            Assert.Equal(whole.Outcomes, parts.Outcomes);
        }
    }

    [Fact]
    public async Task A_cache_that_holds_almost_nothing_changes_no_state_root()
    {
        var large = await RunAsync(shardCount: 16, batchSize: 3);
        var small = await RunAsync(shardCount: 16, batchSize: 3, cachedValues: 1);
        Assert.Equal(large.Root, small.Root);
    }

    private async Task<(Digest Root, List<Wire.Outcome> Outcomes)> RunAsync(int shardCount, int batchSize, int cachedValues = 1_000)
    {
        var genesis = NodeFixture.MakeGenesis(_memberKey, shardCount);
        var shards = Enumerable
            .Range(0, genesis.Shards)
            .Select(number => new LocalShard(new StateShard(number, shardCount), TaskScheduler.Default))
            .ToList();
        var core = new LedgerCore(
            genesis,
            shards,
            new SequencerOptions { CachedValues = cachedValues },
            TimeProvider.System,
            NullLogger.Instance);
        await core.BeginAsync(default);
        var outcomes = new List<Wire.Outcome>();
        ulong position = 0;
        foreach (var batch in Workload(genesis).Chunk(batchSize))
        {
            var executed = await core.ExecuteAsync(batch, TimeMs, default);
            await core.CommitAsync(++position, TimeMs, executed, default);
            outcomes.AddRange(executed.Select(result => result.ToOutcome()));
        }

        var cut = core.Cut(TimeMs, takesSnapshot: false, default);
        return (ChainRules.StateRoot(await cut.ShardRoots), outcomes);
    }

    // Accounts, assets, deals hot and spread, some short of funds: the same in every run, but for the network's id.
    private List<Transaction> Workload(Genesis genesis)
    {
        var list = new List<Transaction>();
        var (member, owner) = (Key(_memberKey), Key(_ownerKey));
        var custodian = genesis.Members[0].Id;
        var accounts = new List<AccountId>();
        for (var i = 0; i < 20; i++)
        {
            var party = Derive.Party(custodian, $"owner {i % 7}");
            var open = new OpenAccount(custodian, party, Authority.Single(owner), false, $"{i:x2}");
            accounts.Add(open.AccountId);
            list.Add(Make(open, list.Count, member));
        }

        var register = new RegisterAsset(new AssetDefinition(
            accounts[0], "unit", Wire.AssetKind.Other, 0, new Amount(10_000), "", "", default, Wire.FinalityLevel.Unspecified));
        list.Add(Make(register, list.Count, owner));
        list.Add(Make(new Issue(register.AssetId, accounts[1], new Amount(500)), list.Count, owner));
        for (var i = 0; i < 150; i++)
        {
            var (from, to) = (accounts[1 + (i * 7 % 19)], accounts[1 + (i * 11 % 19)]);
            var units = 1 + (i * 13 % 60);
            list.Add(Make(
                new Deal(
                    [
                        new DealLeg(from, Instrument.Full(register.AssetId), -units),
                        new DealLeg(to, Instrument.Full(register.AssetId), units),
                    ],
                    ""),
                list.Count,
                owner));
        }

        return list;
    }

    private static PublicKey Key(ECDsa key)
    {
        Assert.True(PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey));
        return publicKey;
    }

    // Rules look at signers only, so signatures would cost time and show nothing; ids must not depend on the network either.
    private static Transaction Make(TransactionBody body, int salt, PublicKey signer)
    {
        var payload = TransactionCodec.EncodePayload(Digest.Sha256([1]), TimeMs + 1, BitConverter.GetBytes(salt), body);
        return new Transaction(Derive.Transaction(payload), payload, TimeMs + 1, body, [signer]);
    }
}
