using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Memory;

namespace Consortium.Tests.Node;

public sealed class SequencerFaultTests : IAsyncLifetime
{
    private readonly FaultyJournal _journal = new(new MemoryJournal());
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private NodeFixture _fixture = null!;
    private AccountId _account;
    private AssetId _asset;

    public async Task InitializeAsync()
    {
        _fixture = await NodeFixture.StartAsync(
            ports: new RolePorts(_journal, new MemorySnapshotStore(), new MemoryLedgerIndex(), []),
            options: new SequencerOptions { SnapshotTransactions = 5, QueueTransactionsMax = 10, StorageRetry = TimeSpan.FromMilliseconds(10) });
        _account = await _fixture.OpenAsync(_key);
        _asset = await _fixture.RegisterAsync(_account, _key, "unit");
    }

    public async Task DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task A_batch_that_was_not_written_did_not_happen_and_may_be_sent_again()
    {
        var issue = Issue(100);
        _journal.Faults.Enqueue(FaultyJournal.Fault.NotWritten);
        var refused = Assert.Single(await _fixture.Node.SubmitAsync([issue])).Refused;
        Assert.Equal(Refusal.StorageUnavailable, refused!.Code);
        Assert.Equal(0, await PostedAsync());
        Assert.Null(await _fixture.Node.FindTransactionAsync(issue.Id, default));

        Assert.Empty(await _fixture.SubmitAsync(issue));
        Assert.Equal(100, await PostedAsync());
    }

    [Fact]
    public async Task A_batch_that_was_written_although_storage_failed_is_acknowledged_once()
    {
        var issue = Issue(100);
        _journal.Faults.Enqueue(FaultyJournal.Fault.WrittenButFailed);
        var result = Assert.Single(await _fixture.Node.SubmitAsync([issue]));
        Assert.Null(result.Refused);
        Assert.False(result.Duplicate);
        Assert.Equal(100, await PostedAsync());
        Assert.True(Assert.Single(await _fixture.Node.SubmitAsync([issue])).Duplicate);
    }

    [Fact]
    public async Task A_node_whose_position_another_wrote_stops_and_leaves_nobody_waiting()
    {
        _journal.Faults.Enqueue(FaultyJournal.Fault.WrittenByAnother);
        var refused = Assert.Single(await _fixture.Node.SubmitAsync([Issue(100)])).Refused;
        Assert.Equal(Refusal.NotServing, refused!.Code);
        var failure = await Assert.ThrowsAsync<JournalConflictException>(() => _fixture.Node.Failed.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("Another process", failure.Message, StringComparison.Ordinal);
        Assert.Equal(NodeStatus.Stopped, _fixture.Node.Status);
        Assert.Equal(Refusal.NotServing, Assert.Single(await _fixture.Node.SubmitAsync([Issue(1)])).Refused!.Code);
    }

    [Fact]
    public async Task Of_two_activations_one_writes_and_the_other_stops()
    {
        var first = _fixture.Node;
        await using var second = await RoleHarness.StartAsync(
            _fixture.Genesis,
            _fixture.Ports with { Miners = [], Snapshots = new MemorySnapshotStore(), Index = new MemoryLedgerIndex() },
            _fixture.Options,
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            default);

        // The first seals blocks meanwhile, so which of the two finds its position taken is open.
        var second7 = Assert.Single(await second.SubmitAsync([Issue(7)])).Refused is null;
        var first8 = Assert.Single(await first.SubmitAsync([Issue(8)])).Refused is null;
        Assert.NotEqual(first8, second7);
        var (loser, winner) = first8 ? (second, first) : (first, second);
        await Assert.ThrowsAsync<JournalConflictException>(() => loser.Failed.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Null(Assert.Single(await winner.SubmitAsync([Issue(9)])).Refused);
    }

    [Fact]
    public async Task A_full_queue_refuses_the_whole_request()
    {
        var results = await _fixture.Node.SubmitAsync([.. Enumerable.Range(0, 11).Select(_ => Issue(1))]);
        Assert.All(results, result => Assert.Equal(Refusal.Overloaded, result.Refused!.Code));
        Assert.Equal(0, await PostedAsync());
    }

    [Fact]
    public async Task A_stranger_cannot_use_up_the_id_of_a_deal_that_others_are_signing()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issue = Issue(5);
        var half = issue with { Signers = [Assert.Single(_fixture.Sign(new Issue(_asset, _account, new Amount(1)), stranger).Signers)] };
        var results = await _fixture.Node.SubmitAsync([half, issue]);
        Assert.Equal(Refusal.NotAuthorised, results[0].Refused!.Code);
        Assert.Null(results[1].Refused);
        Assert.False(results[1].Duplicate);
        Assert.Equal(5, await PostedAsync());
    }

    [Fact]
    public async Task The_same_transaction_twice_in_one_request_happens_once()
    {
        var issue = Issue(5);
        var results = await _fixture.Node.SubmitAsync([issue, issue]);
        Assert.Equal([false, true], results.Select(result => result.Duplicate));
        Assert.Equal(results[0].Position, results[1].Position);
        Assert.Equal(5, await PostedAsync());
    }

    [Fact]
    public async Task Validity_is_checked_against_batch_time()
    {
        var now = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var expired = Issue(1) with { ValidUntilMs = now - 1 };
        var tooFar = Issue(1) with { ValidUntilMs = now + _fixture.Genesis.ValidityMaxMs + 60_000 };
        var results = await _fixture.Node.SubmitAsync([expired, tooFar]);
        Assert.Equal([Refusal.Expired, Refusal.ValidUntilTooFar], results.Select(result => result.Refused!.Code));
    }

    [Fact]
    public async Task The_answer_has_the_outcome_and_that_of_the_first_time_for_a_duplicate()
    {
        Transaction[] issues = [Issue(5), Issue(2_000_000_000)];
        var first = await _fixture.Node.SubmitAsync(issues);
        Assert.Empty(first[0].Outcome!.Rejections);
        Assert.NotEmpty(first[1].Outcome!.Rejections);
        foreach (var result in first)
        {
            var recorded = await _fixture.Node.ReadTransactionAsync(result.Position, result.Index, default);
            Assert.Equal(recorded!.Receipt, result.ToReceipt());
        }

        Assert.Equal(first.Select(result => result with { Duplicate = true }), await _fixture.Node.SubmitAsync(issues));
    }

    [Fact]
    public async Task A_restart_from_a_snapshot_reaches_the_same_state_and_remembers_duplicates()
    {
        var issues = Enumerable.Range(1, 8).Select(units => Issue((ulong)units)).ToList();
        Assert.All(await _fixture.Node.SubmitAsync(issues), result => Assert.Null(result.Refused));
        var posted = await PostedAsync();
        await SnapshotAsync();
        await _fixture.RestartAsync();
        Assert.Equal(posted, await PostedAsync());
        Assert.All(await _fixture.Node.SubmitAsync(issues), result => Assert.Equal((true, null), (result.Duplicate, result.Outcome)));
        Assert.Empty(await _fixture.SubmitAsync(Issue(100)));
    }

    /// <summary>Whichever byte is damaged, nothing of the snapshot is used: neither its state nor its duplicate window.</summary>
    [Theory]
    [InlineData("manifest")]
    [InlineData("window")]
    [InlineData("no window")]
    [InlineData("first shard")]
    [InlineData("last shard")]
    public async Task A_damaged_snapshot_costs_time_and_nothing_else(string what)
    {
        Transaction[] issues = [.. Enumerable.Range(1, 8).Select(_ => Issue(1))];
        Assert.All(await _fixture.Node.SubmitAsync(issues), result => Assert.Null(result.Refused));
        await SnapshotAsync();
        var damaged = new MemorySnapshotStore();
        foreach (var snapshot in await _fixture.Ports.Snapshots.ReadAllAsync())
        {
            var pieces = SnapshotPieces.Read(snapshot)!;
            await damaged.SaveAsync(Damage(snapshot, what, pieces), default);
        }

        _fixture.Ports = _fixture.Ports with { Snapshots = damaged };
        await _fixture.RestartAsync();
        Assert.Equal(8, await PostedAsync());
        Assert.All(await _fixture.Node.SubmitAsync(issues), result => Assert.True(result.Duplicate));
    }

    private static Snapshot Damage(Snapshot snapshot, string what, SnapshotPieces pieces)
    {
        if (what == "no window")
        {
            return (pieces with { Window = [] }).ToSnapshot(snapshot.Height);
        }

        // Each piece in a part of its own, behind a head of eight bytes.
        List<byte[]> parts = [.. pieces.ToSnapshot(snapshot.Height).Parts.Select(part => part.ToArray())];
        var part = what switch
        {
            "manifest" => parts[0],
            "window" => parts[1],
            "first shard" => parts[1 + pieces.Window.Count],
            _ => parts[^1],
        };
        part[8 + ((part.Length - 8) / 2)] ^= 0x40;
        return new Snapshot(snapshot.Height, [.. parts.Select(bytes => (ReadOnlyMemory<byte>)bytes)]);
    }

    private Transaction Issue(ulong units) => _fixture.Sign(new Issue(_asset, _account, new Amount(units)), _key);

    private async Task<Int128> PostedAsync() =>
        ((Holding?)await _fixture.Node.ReadAsync(StateKey.Holding(_account, Instrument.Full(_asset)), default))?.Posted ?? 0;

    // A snapshot is taken at the first cut after enough transactions, and kept when its block is sealed and indexed.
    private async Task SnapshotAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var height = _fixture.Node.Progress.Now.SealedHeight;
        for (var kept = false; !kept;)
        {
            await _fixture.Node.Progress.WaitAsync(now => now.SealedHeight > height, patience.Token);
            height = _fixture.Node.Progress.Now.SealedHeight;
            await foreach (var _ in _fixture.Ports.Snapshots.ReadNewestFirstAsync(patience.Token))
            {
                kept = true;
            }
        }
    }
}
