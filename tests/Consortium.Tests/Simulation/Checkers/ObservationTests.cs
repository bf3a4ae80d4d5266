using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Checkers.Reference;
using Consortium.Simulation.Memory;

namespace Consortium.Tests.Simulation.Checkers;

/// <summary>Observations of a run beside its journal: correct ones pass, and each wrong one makes its checker report.</summary>
public sealed class ObservationTests : IClassFixture<GoodRun>
{
    private static readonly Refused Definite = new(Refusal.Expired, "");
    private static readonly Refused Maybe = new(Refusal.NotServing, "");
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly GoodRun _run;
    private readonly CheckerSet _checkers;
    private readonly Findings _findings;

    public ObservationTests(GoodRun run)
    {
        _run = run;
        (_checkers, _findings) = run.Check(run.Journal);
    }

    private ReferenceLedger Ledger => _checkers.Ledger;

    private OrderedTransaction Last => Ledger.Transactions[^1];

    private JournalEntry LastBatch => _run.Journal.Last(entry => entry.Kind == JournalEntryKind.Batch);

    private LedgerHead Truth => new(
        Ledger.Head!.Value, 0, Ledger.TipHeight, Ledger.SealedPosition, Ledger.FinalHeight, Ledger.FinalPosition);

    private SnapshotPieces Pieces => SnapshotPieces.Read(_run.Snapshot)!;

    private SnapshotManifest Manifest => Pieces.Manifest;

    private byte[] WindowEntries => Assert.Single(Pieces.Window).Span[..^Digest.Size].ToArray();

    private int OccupiedShard => Ledger.FindKey(StateKey.Account(_run.Alice))!.Shard;

    [Fact]
    public void An_acknowledgement_names_the_place_in_the_journal()
    {
        _checkers.OnSubmitted(Last.Id);
        _checkers.OnAcknowledged(Last.Id, Last.Position, Last.Index);
        Assert.Null(_findings.First);
        _checkers.OnSubmitted(Last.Id);
        _checkers.OnAcknowledged(Last.Id, Last.Position, Last.Index + 1);
        Expect(ExactlyOnceChecker.Name);
    }

    [Fact]
    public void An_acknowledgement_of_what_the_journal_lacks_is_found()
    {
        _checkers.OnSubmitted(_run.HalfSigned.Id);
        _checkers.OnAcknowledged(_run.HalfSigned.Id, Last.Position, 0);
        Expect(ExactlyOnceChecker.Name);
    }

    [Fact]
    public void An_answer_to_no_submission_is_found()
    {
        _checkers.OnAcknowledged(Last.Id, Last.Position, Last.Index);
        Expect(ExactlyOnceChecker.Name);
    }

    [Fact]
    public void A_recovery_that_forgot_what_is_still_valid_is_found()
    {
        _checkers.OnRecovered("one", Last.Position, Last.ValidUntilMs, 0);
        var valid = Ledger.Transactions.Count(transaction => transaction.ValidUntilMs > Last.TimeMs);
        _checkers.OnRecovered("one", Last.Position, Last.TimeMs, valid);
        Assert.Null(_findings.First);
        _checkers.OnRecovered("one", Last.Position, Last.TimeMs, valid - 1);
        Expect(ExactlyOnceChecker.Name);
    }

    [Fact]
    public void What_was_acknowledged_and_is_not_sealed_at_the_end_is_found()
    {
        var (checkers, findings) = _run.Check(_run.Journal.TakeWhile(entry => entry.Position <= LastBatch.Position));
        checkers.Finish(buried: false);
        Assert.Equal(ExactlyOnceChecker.Name, findings.First?.Checker);
    }

    [Fact]
    public void What_was_acknowledged_and_is_sealed_but_not_buried_is_found_when_it_should_be()
    {
        var seal = _run.Journal.First(entry => entry.Position > LastBatch.Position && IsSealOf(entry, LastBatch.Position));
        var journal = _run.Journal.TakeWhile(entry => entry.Position <= seal.Position).ToList();
        var (checkers, findings) = _run.Check(journal);
        checkers.Finish(buried: false);
        Assert.Null(findings.First);
        checkers.Finish(buried: true);
        Assert.Equal(ExactlyOnceChecker.Name, findings.First?.Checker);
    }

    [Fact]
    public void What_nobody_submitted_and_is_ordered_is_found() =>
        Assert.Equal(ExactlyOnceChecker.Name, _run.Check(_run.Journal, stranger: Last.Id).Findings.First?.Checker);

    [Fact]
    public void What_was_refused_for_good_and_is_ordered_then_is_found() =>
        Assert.Equal(ExactlyOnceChecker.Name, AnswerThenOrder(Definite)?.Checker);

    [Fact]
    public void What_may_have_happened_may_be_ordered_then() => Assert.Null(AnswerThenOrder(Maybe));

    [Fact]
    public void What_was_refused_for_good_and_is_ordered_already_is_found()
    {
        var (checkers, findings) = _run.Check(_run.Journal.TakeWhile(entry => entry.Position < LastBatch.Position));
        checkers.OnSubmitted(Last.Id);
        checkers.OnSubmitted(Last.Id);
        checkers.OnEntry(LastBatch);
        checkers.OnRefused(Last.Id, Definite);
        Assert.Null(findings.First);
        checkers.OnRefused(Last.Id, Definite);
        Assert.Equal(ExactlyOnceChecker.Name, findings.First?.Checker);
    }

    [Fact]
    public void A_refusal_beside_an_acknowledgement_or_a_lost_answer_says_nothing()
    {
        _checkers.OnSubmitted(Last.Id);
        _checkers.OnRefused(Last.Id, Definite);
        _checkers.OnSubmitted(_run.HalfSigned.Id);
        _checkers.OnSubmitted(_run.HalfSigned.Id);
        _checkers.OnUnanswered(_run.HalfSigned.Id);
        _checkers.OnRefused(_run.HalfSigned.Id, Definite);
        _checkers.Finish(buried: true);
        Assert.Null(_findings.First);
    }

    [Fact]
    public void A_sum_that_is_not_zero_is_found()
    {
        var holding = AnyHolding();
        _checkers.ZeroSum.OnBatch(Last.Position, [Change(holding, holding with { Posted = holding.Posted })]);
        Assert.Null(_findings.First);
        _checkers.ZeroSum.OnBatch(Last.Position, [Change(holding, holding with { Posted = holding.Posted + 1 })]);
        Expect(ZeroSumChecker.Name);
    }

    [Theory]
    [InlineData("posted")]
    [InlineData("negative")]
    [InlineData("future")]
    [InlineData("pledged")]
    public void A_holding_unlike_its_lots_is_found(string what)
    {
        var holding = AnyHolding();
        _checkers.Lots.OnBatch(Last.Position, Last.TimeMs, [Change(holding, holding)]);
        Assert.Null(_findings.First);
        var quantity = (UInt128)holding.Posted;
        var pledge = new Pledged(Last.Id, new Amount(quantity + 1), _run.Bob, Last.TimeMs + 1);
        var damaged = what switch
        {
            "posted" => holding with { Posted = holding.Posted + 1 },
            "negative" => Holding.Empty with { Posted = -1 },
            "future" => holding with { Lots = Lots.From([Lot.Acquired(quantity, (long)(Last.TimeMs / 1000) + 1)]) },
            _ => holding with { Pledges = [pledge] },
        };
        _checkers.Lots.OnBatch(Last.Position, Last.TimeMs, [Change(holding, damaged)]);
        Expect(LotsChecker.Name);
    }

    [Fact]
    public void A_tree_that_its_entries_do_not_give_is_found()
    {
        _checkers.StateRoot.RequireRoot(0, Ledger.Tip!.ShardRoots[0]);
        Assert.Null(_findings.First);
        _checkers.StateRoot.RequireRoot(0, Ledger.Tip.Hash);
        Expect(StateRootChecker.Name);
    }

    [Fact]
    public void Progress_is_what_the_journal_makes_it()
    {
        _checkers.OnProgress("first", new LedgerHead(0, 0, 0, 0, 0, 0));
        _checkers.OnProgress("first", Truth);
        _checkers.OnProgress("second", new LedgerHead(0, 0, 0, 0, 0, 0));
        Assert.Null(_findings.First);
    }

    [Theory]
    [InlineData("sealed too early")]
    [InlineData("final too early")]
    [InlineData("final too late")]
    [InlineData("another sealed position")]
    [InlineData("another final position")]
    [InlineData("beyond the journal")]
    [InlineData("back")]
    public void Progress_that_the_journal_does_not_give_is_found(string what)
    {
        _checkers.OnProgress("first", Truth);
        _checkers.OnProgress("first", what switch
        {
            "sealed too early" => Truth with { SealedHeight = Truth.SealedHeight + 1 },
            "final too early" => Truth with { FinalHeight = Truth.FinalHeight + 1 },
            "final too late" => Truth with { FinalHeight = Truth.FinalHeight - 1 },
            "another sealed position" => Truth with { SealedPosition = Truth.SealedPosition + 1 },
            "another final position" => Truth with { FinalPosition = Truth.FinalPosition - 1 },
            "beyond the journal" => Truth with { Position = Truth.Position + 1 },
            _ => new LedgerHead(0, 0, 0, 0, 0, 0),
        });
        Expect(FinalityChecker.Name);
    }

    [Fact]
    public void Another_block_at_a_height_is_found()
    {
        _checkers.OnBlock(2, Ledger.BlockAt(2)!.Seal);
        Assert.Null(_findings.First);
        _checkers.OnBlock(2, Ledger.BlockAt(1)!.Seal);
        Expect(FinalityChecker.Name);
    }

    [Fact]
    public async Task A_read_of_the_node_is_the_replays()
    {
        var token = _checkers.OnReadStarted();
        _checkers.OnRead(token, _run.Alice, Last.Position, await HoldingsAsync());
        _checkers.OnRead(token, new AccountId(Last.Id.Digest), Last.Position, []);
        Assert.Null(_findings.First);
    }

    [Theory]
    [InlineData("a value")]
    [InlineData("one less")]
    [InlineData("one more")]
    [InlineData("the order")]
    [InlineData("a position to come")]
    public async Task A_read_of_other_holdings_is_found(string what)
    {
        var holdings = await HoldingsAsync();
        var damaged = what switch
        {
            "a value" => [(holdings[0].Key, holdings[1].Value), holdings[1]],
            "one less" => holdings[..1],
            "one more" => [.. holdings, holdings[0]],
            "the order" => [holdings[1], holdings[0]],
            _ => holdings,
        };
        var position = what == "a position to come" ? Ledger.Head!.Value + 1 : Last.Position;
        _checkers.OnRead(_checkers.OnReadStarted(), _run.Alice, position, damaged);
        Expect(ReadChecker.Name);
    }

    [Fact]
    public void A_read_that_misses_what_was_acknowledged_before_is_found()
    {
        // The pledge is the last that touched the account, in the batch before the last.
        var pledge = Ledger.FindAccount(_run.Alice)!.TouchedAt[^1];
        var (checkers, findings) = _run.Check(_run.Journal.TakeWhile(entry => entry.Position < pledge));
        var before = checkers.OnReadStarted();
        foreach (var id in GoodRun.TransactionsOf(_run.Journal[(int)pledge]))
        {
            checkers.OnSubmitted(id);
            checkers.OnEntry(_run.Journal[(int)pledge]);
            checkers.OnAcknowledged(id, pledge, 0);
        }

        var stale = Ledger.FindAccount(_run.Alice)!.Holdings.Select(key => (key.Key, key.At(pledge - 1)!.Encode())).ToList();
        checkers.OnRead(before, _run.Alice, pledge - 1, stale);
        Assert.Null(findings.First);
        checkers.OnRead(checkers.OnReadStarted(), _run.Alice, pledge - 1, stale);
        Assert.Equal(ReadChecker.Name, findings.First?.Checker);
    }

    [Fact]
    public async Task Holdings_of_every_height_are_the_replays()
    {
        for (ulong height = 1; height <= Ledger.TipHeight; height++)
        {
            _checkers.OnHoldingsAt(_run.Alice, height, await _run.Fixture.Node.Index.HoldingsAtAsync(_run.Alice, height, default));
        }

        _checkers.OnPlaces(Last.Id, await _run.Fixture.Node.Index.FindTransactionAsync(Last.Id, default));
        Assert.Null(_findings.First);
        _checkers.OnPlaces(Last.Id, []);
        Expect(QueryChecker.Name);
    }

    [Fact]
    public void An_index_that_lacks_a_final_block_is_found()
    {
        _checkers.OnIndexHeight(Ledger.FinalHeight);
        Assert.Null(_findings.First);
        _checkers.OnIndexHeight(Ledger.FinalHeight - 1);
        Expect(QueryChecker.Name);
    }

    [Theory]
    [InlineData("a holding")]
    [InlineData("a height")]
    [InlineData("one less")]
    [InlineData("one more")]
    [InlineData("a block to come")]
    public async Task Other_holdings_at_a_height_are_found(string what)
    {
        var rows = await _run.Fixture.Node.Index.HoldingsAtAsync(_run.Alice, Ledger.TipHeight, default);
        _checkers.OnHoldingsAt(_run.Alice, what == "a block to come" ? Ledger.TipHeight + 1 : Ledger.TipHeight, what switch
        {
            "a holding" => [rows[0] with { Holding = rows[1].Holding }, rows[1]],
            "a height" => [rows[0] with { Height = rows[0].Height - 1 }, rows[1]],
            "one less" => [rows[0]],
            "one more" => [.. rows, rows[0]],
            _ => rows,
        });
        Expect(QueryChecker.Name);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("a value")]
    [InlineData("one less")]
    [InlineData("one more")]
    [InlineData("an old position")]
    [InlineData("a position to come")]
    public async Task A_shard_unlike_the_replay_is_found(string what)
    {
        for (var shard = 0; shard < _run.Genesis.Shards; shard++)
        {
            var live = new List<KeyValuePair<StateKey, byte[]>>();
            foreach (var key in Ledger.KeysOf(shard))
            {
                live.Add(KeyValuePair.Create(key.Key, (await _run.Fixture.Node.ReadAsync(key.Key, default))!.Encode()));
            }

            if (live.Count > 0 && Ledger.PositionOf(shard) > 0)
            {
                List<KeyValuePair<StateKey, byte[]>> damaged = what switch
                {
                    "a value" => [KeyValuePair.Create(live[0].Key, new byte[1]), .. live[1..]],
                    "one less" => live[1..],
                    "one more" => [.. live, KeyValuePair.Create(StateKey.Member(new MemberId(Last.Id.Digest)), new byte[1])],
                    _ => live,
                };
                _checkers.OnShardLive(shard, what switch
                {
                    "an old position" => Ledger.PositionOf(shard) - 1,
                    "a position to come" => Ledger.BatchPosition + 1,
                    _ => Ledger.PositionOf(shard),
                }, damaged);
            }
        }

        Assert.Equal(what == "nothing" ? null : ShardChecker.Name, _findings.First?.Checker);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("root")]
    [InlineData("export")]
    public void A_shards_tree_unlike_the_replays_is_found(string what)
    {
        var block = Ledger.BlockAt(_run.Snapshot.Height)!;
        var root = what == "root" ? block.Hash : block.ShardRoots[OccupiedShard];
        var export = what == "export" ? [] : Pieces.Shards[OccupiedShard];
        _checkers.OnShardTree(OccupiedShard, _run.Snapshot.Height, root, export);
        Assert.Equal(what == "nothing" ? null : ShardChecker.Name, _findings.First?.Checker);
    }

    [Fact]
    public void A_snapshot_of_the_node_is_good()
    {
        Assert.True(new DuplicateWindow().TryRestore(WindowEntries) && Manifest.WindowCount > 0);
        _checkers.OnSnapshot(_run.Snapshot);
        Assert.Null(_findings.First);
    }

    [Theory]
    [InlineData("another height")]
    [InlineData("a block to come")]
    [InlineData("a part is missing")]
    [InlineData("a part is cut off")]
    [InlineData("a shard too many")]
    [InlineData("a shard's state")]
    [InlineData("another seal")]
    [InlineData("another seal position")]
    [InlineData("total work")]
    [InlineData("final")]
    [InlineData("pending")]
    [InlineData("an empty window")]
    [InlineData("a window that forgot one")]
    [InlineData("a window that cannot be read")]
    [InlineData("a window with fewer than it says")]
    [InlineData("a window with a bit changed")]
    [InlineData("a window with a stranger")]
    [InlineData("a window with another place")]
    public void A_damaged_snapshot_is_found(string what)
    {
        var snapshot = _run.Snapshot;
        _checkers.OnSnapshot(what switch
        {
            "another height" => snapshot with { Height = snapshot.Height - 1 },
            "a block to come" => snapshot with { Height = Ledger.TipHeight + 1 },
            "a part is missing" => snapshot with { Parts = [.. snapshot.Parts.SkipLast(1)] },
            "a part is cut off" => snapshot with { Parts = [.. snapshot.Parts.SkipLast(1), snapshot.Parts[^1][..^1]] },
            "a shard's state" => With(Pieces with { Shards = Pieces.Shards.Where(shard => shard.Key != OccupiedShard).SelectMany(shard => shard.Select(slice => (shard.Key, slice))).ToLookup(slice => slice.Key, slice => slice.slice) }),
            "a shard too many" => With(Pieces with { Shards = Pieces.Shards.SelectMany(shard => shard.Select(slice => (shard.Key, slice))).Append((Ledger.Genesis.Shards, default)).ToLookup(slice => slice.Item1, slice => slice.Item2) }),
            "another seal" => With(Manifest with { Seal = Manifest.Seal with { Signature = new byte[64] } }),
            "another seal position" => With(Manifest with { SealPosition = Manifest.SealPosition + 1 }),
            "total work" => With(Manifest with { TotalWork = Manifest.TotalWork + 1 }),
            "final" => With(Manifest with { Final = BuriedBlock.From(Manifest.Seal.Header) }),
            "pending" => With(Manifest with { Pending = [.. Manifest.Pending.Skip(1)] }),
            "an empty window" => WithWindow([]),
            "a window that forgot one" => WithWindow(WindowEntries[52..]),
            "a window that cannot be read" => WithWindow(WindowEntries[1..]),
            "a window with fewer than it says" => With(Manifest with { WindowCount = Manifest.WindowCount + 1 }),
            "a window with a bit changed" => With(Pieces with { Window = [Flipped(Pieces.Window[0])] }),
            "a window with a stranger" => WithWindow([.. WindowEntries, .. Enumerable.Repeat((byte)1, 52)]),
            _ => WithWindow([.. WindowEntries[..^1], (byte)(WindowEntries[^1] + 1)]),
        });
        Expect(SnapshotChecker.Name);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("a byte")]
    [InlineData("the end")]
    [InlineData("more after the end")]
    [InlineData("another height")]
    public async Task An_export_that_does_not_verify_to_the_same_end_is_found(string what)
    {
        using var stream = new MemoryStream();
        await _run.Fixture.Node.ExportAsync(stream, Ledger.TipHeight, default);
        var export = stream.ToArray();
        export[export.Length / 2] ^= (byte)(what == "a byte" ? 1 : 0);
        _checkers.OnExport(
            what switch
            {
                "the end" => export[..^1],
                "more after the end" => [.. export, 0],
                _ => export,
            },
            what == "another height" ? Ledger.TipHeight - 1 : Ledger.TipHeight);
        Assert.Equal(what == "nothing" ? null : ExportChecker.Name, _findings.First?.Checker);
    }

    [Fact]
    public void A_question_without_an_answer_is_found_once_faults_have_stopped()
    {
        var answered = _checkers.OnAsked(Start, "a deal");
        _checkers.OnAsked(Start, "another");
        _checkers.OnTime(Start.AddHours(1));
        _checkers.OnFaultsStopped(Start.AddHours(1));
        _checkers.OnAnswered(answered);
        _checkers.OnTime(Start.AddHours(1).AddSeconds(10));
        Assert.Null(_findings.First);
        _checkers.OnTime(Start.AddHours(1).AddSeconds(11));
        Expect(NoStallChecker.Name);
    }

    [Fact]
    public void A_chain_that_does_not_grow_is_found_once_faults_have_stopped()
    {
        var (checkers, findings) = _run.Check(_run.Journal.SkipLast(1));
        checkers.OnFaultsStopped(Start);
        checkers.OnFaultsStarted();
        checkers.OnTime(Start.AddSeconds(61));
        checkers.OnFaultsStopped(Start.AddSeconds(61));
        checkers.OnEntry(_run.Journal[^1]);
        checkers.OnTime(Start.AddSeconds(100));
        checkers.OnTime(Start.AddSeconds(160));
        Assert.Null(findings.First);
        checkers.OnTime(Start.AddSeconds(161));
        Assert.Equal(NoStallChecker.Name, findings.First?.Checker);
    }

    [Theory]
    [InlineData(100, 100, 1, 10, 10, 1_000, false)]
    [InlineData(101, 0, 0, 0, 0, 0, true)]
    [InlineData(0, 101, 0, 0, 0, 0, true)]
    [InlineData(0, 0, 2, 0, 0, 0, true)]
    [InlineData(0, 0, 0, 11, 0, 0, true)]
    [InlineData(0, 0, 0, 0, 11, 0, true)]
    [InlineData(0, 0, 0, 0, 0, 1_001, true)]
    public void A_size_past_its_bound_is_found(long queue, long window, long isUnsealed, long pending, long backlog, long events, bool found)
    {
        _checkers.OnSizes("first", new MemorySizes(queue, window, isUnsealed, pending, backlog, events));
        Assert.Equal(found ? MemoryChecker.Name : null, _findings.First?.Checker);
    }

    private static bool IsSealOf(JournalEntry entry, ulong position) =>
        entry.Kind == JournalEntryKind.Seal && BlockSeal.TryRead(entry.Bytes.Span, out var seal) && seal.Header.LastPosition >= position;

    private Snapshot With(SnapshotPieces pieces) => pieces.ToSnapshot(_run.Snapshot.Height);

    private Snapshot With(SnapshotManifest manifest) => With(Pieces with { Manifest = manifest });

    private Snapshot WithWindow(byte[] entries) => With(Pieces with
    {
        Manifest = Manifest with { WindowCount = entries.Length / 52 },
        Window = [WindowSlice.Write(entries)],
    });

    private static ReadOnlyMemory<byte> Flipped(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }

    private async Task<List<(StateKey Key, byte[] Value)>> HoldingsAsync() =>
        [.. (await _run.Fixture.Node.HoldingsAsync(_run.Alice, default)).Holdings
            .Select(holding => (StateKey.Holding(_run.Alice, holding.Instrument), holding.Holding.Encode()))];

    private Finding? AnswerThenOrder(Refused refused)
    {
        var (checkers, findings) = _run.Check(_run.Journal.TakeWhile(entry => entry.Position < LastBatch.Position));
        checkers.OnSubmitted(Last.Id);
        checkers.OnRefused(Last.Id, refused);
        checkers.OnEntry(LastBatch);
        return findings.First;
    }

    private Holding AnyHolding() => (Holding)Ledger.FindAccount(_run.Alice)!.Holdings[0].Latest!;

    private ReplayedChange Change(Holding before, Holding after) =>
        new(StateKey.Holding(_run.Alice, Ledger.FindAccount(_run.Alice)!.Holdings[0].Key.Instrument), before, after);

    private void Expect(string checker) => Assert.Equal(checker, _findings.First?.Checker);
}
