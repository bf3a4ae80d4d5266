using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Verification;
using Consortium.Ledger.Work;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Memory;
using Consortium.Tests.Node;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Simulation.Checkers;

/// <summary>A valid journal that a real node wrote, and the means to damage it.</summary>
public sealed class GoodRun : IAsyncLifetime
{
    private readonly P256VerifierCache _verifiers = new();
    private NodeFixture _fixture = null!;

    internal NodeFixture Fixture => _fixture;

    internal Genesis Genesis => _fixture.Genesis;

    internal IReadOnlyList<JournalEntry> Journal { get; private set; } = [];

    internal Snapshot Snapshot { get; private set; } = null!;

    internal AccountId Alice { get; private set; }

    internal AccountId Bob { get; private set; }

    /// <summary>A deal that only one of its givers has signed.</summary>
    internal Transaction HalfSigned { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _fixture = await NodeFixture.StartAsync(shardCount: 4, options: new SequencerOptions { SnapshotTransactions = 3 });
        using var alice = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bob = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (Alice, Bob) = (await _fixture.OpenAsync(alice), await _fixture.OpenAsync(bob));
        var money = Instrument.Full(await _fixture.RegisterAsync(Alice, alice, "money"));
        var thing = Instrument.Full(await _fixture.RegisterAsync(Bob, bob, "thing"));
        await AcceptAsync(new Issue(money.Asset, Alice, new Amount(1_000)), alice);
        await AcceptAsync(new Issue(thing.Asset, Bob, new Amount(10)), bob);
        var deal = new Deal(
            [new DealLeg(Alice, money, -30), new DealLeg(Bob, money, 30), new DealLeg(Bob, thing, -1), new DealLeg(Alice, thing, 1)], "deal");
        for (var i = 0; i < 4; i++)
        {
            await AcceptAsync(deal, alice, bob);
            await SealAsync();
        }

        var until = (ulong)DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds();
        HalfSigned = _fixture.Sign(deal, alice);
        await AcceptAsync(new Pledge(Alice, money, new Amount(7), HalfSigned.Id, Bob, until), alice);
        Assert.Equal(Refusal.NotAuthorised, Assert.Single(await _fixture.Node.SubmitAsync([HalfSigned])).Refused?.Code);
        var tooMuch = _fixture.Sign(new Deal([new DealLeg(Alice, money, -9_999), new DealLeg(Bob, money, 9_999)], ""), alice);
        Assert.Equal([(uint)Rejection.Insufficient], await _fixture.SubmitAsync(tooMuch));
        await _fixture.Node.Progress.WaitAsync(
            now => now.FinalPosition >= _fixture.BatchPosition,
            new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        Journal = await _fixture.Ports.Journal.ReadAsync(0, ulong.MaxValue - 1, default).ToListAsync();
        Snapshot = (await _fixture.Ports.Snapshots.ReadAllAsync())[0];
    }

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    /// <summary>Shows the checkers a journal as if every transaction in it had been submitted and acknowledged.</summary>
    internal (CheckerSet Checkers, Findings Findings) Check(IEnumerable<JournalEntry> journal, TransactionId stranger = default)
    {
        var findings = new Findings();
        var options = new CheckerOptions(
            seal => ChainRules.CheckWork(Genesis, seal, _verifiers),
            () => new ChainVerifier(_verifiers),
            (bytes, network) => CheckedBatch.Check(bytes, network, _verifiers))
        {
            Most = new MemorySizes(100, 100, 1, 10, 10, 1_000),
            AnswerWithin = TimeSpan.FromSeconds(10),
            SealWithin = TimeSpan.FromSeconds(60),
        };
        var checkers = new CheckerSet(Genesis, findings, options);
        var known = new HashSet<TransactionId> { stranger };
        foreach (var entry in journal)
        {
            var ids = TransactionsOf(entry);
            var fresh = ids.Where(known.Add).ToList();
            fresh.ForEach(checkers.OnSubmitted);
            checkers.OnEntry(entry);
            fresh.ForEach(id => checkers.OnAcknowledged(id, entry.Position, ids.IndexOf(id)));
        }

        return (checkers, findings);
    }

    internal static List<TransactionId> TransactionsOf(JournalEntry entry)
    {
        try
        {
            return entry.Kind != JournalEntryKind.Batch
                ? []
                : [.. Wire.Batch.Parser.ParseFrom(entry.Bytes.Span).Transactions
                    .Select(bytes => Derive.Transaction(Wire.SignedTransaction.Parser.ParseFrom(bytes).Payload.Span))];
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            return [];
        }
    }

    /// <summary>Works and signs again after a header was changed.</summary>
    internal JournalEntry Reseal(JournalEntry entry, Func<BlockHeader, BlockHeader> change)
    {
        Assert.True(BlockSeal.TryRead(entry.Bytes.Span, out var seal));
        var header = change(seal.Header);
        var search = new NonceSearch(header.ToArray(), BlockHeader.NonceOffset, Target.FromCompact(header.TargetCompact));
        Assert.True(search.TryFind(0, int.MaxValue, out var nonce));
        return Sign(entry, header with { Nonce = nonce });
    }

    /// <summary>Signs a header without a search for a nonce.</summary>
    internal JournalEntry Sign(JournalEntry entry, BlockHeader header) => entry with
    {
        Bytes = new BlockSeal(header, P256.Sign(_fixture.MemberKey, header.Hash.ToArray())).ToArray(),
    };

    private async Task AcceptAsync(TransactionBody body, params ECDsa[] keys) =>
        Assert.Empty(await _fixture.SubmitAsync(_fixture.Sign(body, keys)));

    private async Task SealAsync() => await _fixture.Node.Progress.WaitAsync(
        now => now.SealedPosition >= _fixture.BatchPosition,
        new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
}
