using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Work;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Simulation.Checkers;

/// <summary>Ways to damage a good journal.</summary>
internal static class Damage
{
    private static readonly Digest Wrong = Digest.Sha256("wrong"u8);

    /// <summary>Ways to damage the good journal, each with the checker that must report it first.</summary>
    public static IReadOnlyList<(string Checker, string What, Func<GoodRun, List<JournalEntry>> Apply)> All { get; } =
    [
        ("journal", "an entry is missing", run => [.. run.Journal.Where(entry => entry.Position != 2)]),
        ("journal", "an entry comes twice", run => [.. run.Journal.SelectMany(entry => entry.Position == 2 ? [entry, entry] : new[] { entry })]),
        ("journal", "the genesis is missing", run => [.. run.Journal.Skip(1).Select(entry => entry with { Position = entry.Position - 1 })]),
        ("journal", "a second genesis", run => Append(run, JournalEntryKind.Genesis, run.Genesis.Bytes)),
        ("journal", "another genesis", run => Edit(run, run.Journal[0], entry => entry with { Bytes = run.Journal[1].Bytes })),
        ("journal", "an entry of no kind", run => Append(run, (JournalEntryKind)9, default)),
        ("journal", "a batch that cannot be read", run => Edit(run, Batch(run), entry => entry with { Bytes = entry.Bytes[..^1] })),
        ("journal", "a batch of no transactions", run => Append(run, JournalEntryKind.Batch, new Wire.Batch { Position = Next(run) }.ToByteArray())),
        ("journal", "a batch that names another position", run => EditBatch(run, Batch(run), batch => batch.Position++)),
        ("journal", "a transaction that is none", run => EditBatch(run, Batch(run), batch => batch.Transactions[0] = ByteString.CopyFromUtf8("?"))),
        ("journal", "a seal that cannot be read", run => Edit(run, Seal(run), entry => entry with { Bytes = entry.Bytes[..^1] })),
        ("time", "a batch before the batch before", run => EditBatch(run, Batch(run), batch => batch.TimeMs = run.Genesis.TimeMs + 3_600_000)),
        ("time", "a batch after its transaction's end", run => EditBatch(run, Batch(run), batch => batch.TimeMs += 3_600_000)),
        ("time", "a batch long before its transaction's end", run => EditBatch(run, First(run), batch => batch.TimeMs -= 3_600_000)),
        ("time", "a batch before the header before", run => AppendBatch(run, batch => batch.TimeMs = Header(run.Journal[^1]).TimeMs - 1)),
        ("time", "a header before its last batch", run => EditSeal(run, header => header with { TimeMs = run.Genesis.TimeMs })),
        ("time", "a header after the batch behind it", run => LateSeal(run, (header, batch) => header with { TimeMs = batch.TimeMs + 1 })),
        ("exactly-once", "a transaction is ordered twice", run => AppendBatch(run, _ => { })),
        ("outcome", "what happened is recorded as rejected", run => EditBatch(run, Batch(run), batch => batch.Outcomes[0].Rejections.Add(new Wire.RejectionDetail { Code = 141 }))),
        ("outcome", "what was rejected is recorded as having happened", run => EditBatch(run, Rejected(run), batch => batch.Outcomes[0].Rejections.Clear())),
        ("outcome", "a rejection is recorded with another remedy", run => EditBatch(run, Rejected(run), batch => batch.Outcomes[0].Rejections[0].Remedy = "None.")),
        ("outcome", "half the signatures are recorded", run => AppendBatch(run, batch => batch.Transactions[0] = ByteString.CopyFrom(run.HalfSigned.SignedBytes.Span))),
        ("chain", "another network", run => EditSeal(run, header => header with { Network = Wrong })),
        ("chain", "a height is passed over", run => EditSeal(run, header => header with { Height = header.Height + 1 })),
        ("chain", "another block before", run => EditSeal(run, header => header with { Previous = Wrong })),
        ("chain", "other transactions", run => EditSeal(run, header => header with { TransactionsRoot = Wrong })),
        ("chain", "other receipts", run => EditSeal(run, header => header with { ReceiptsRoot = Wrong })),
        ("chain", "a batch is left out", run => EditSeal(run, header => header with { LastPosition = header.LastPosition - 1 })),
        ("chain", "a last batch that is none", run => EditSeal(run, header => header with { LastPosition = header.LastPosition + 1 })),
        ("chain", "a transaction too many", run => EditSeal(run, header => header with { TransactionCount = header.TransactionCount + 1 })),
        ("state-root", "another state", run => EditSeal(run, header => header with { StateRoot = Wrong })),
        ("work", "another target", run => EditSeal(run, header => header with { TargetCompact = 0x1f7fffff })),
        ("work", "a producer that is no member", run => EditSeal(run, header => header with { Producer = new MemberId(Wrong) })),
        ("work", "no work", run => Edit(run, Seal(run), entry => run.Sign(entry, Lazy(Header(entry))))),
        ("work", "another's signature", run => Edit(run, Seal(run), entry => entry with { Bytes = new BlockSeal(Header(entry), new byte[64]).ToArray() })),
    ];

    public static List<JournalEntry> AppendBatch(GoodRun run, Action<Wire.Batch> change)
    {
        var batch = Wire.Batch.Parser.ParseFrom(Batch(run).Bytes.Span);
        (batch.Position, batch.TimeMs) = (Next(run), run.Journal.Max(TimeOf));
        change(batch);
        return Append(run, JournalEntryKind.Batch, batch.ToByteArray());
    }

    /// <summary>The journal up to a seal, and before this seal a batch of the block after.</summary>
    public static List<JournalEntry> LateSeal(GoodRun run, Func<BlockHeader, Wire.Batch, BlockHeader> change)
    {
        var journal = run.Journal.ToList();
        var at = journal.FindIndex(entry => entry.Kind == JournalEntryKind.Batch && journal[(int)entry.Position - 1].Kind == JournalEntryKind.Seal);
        var batch = Wire.Batch.Parser.ParseFrom(journal[at].Bytes.Span);
        batch.Position--;
        var seal = run.Reseal(journal[at - 1], header => change(header, batch));
        return
        [
            .. journal.Take(at - 1),
            new JournalEntry((ulong)at - 1, JournalEntryKind.Batch, batch.ToByteArray()),
            seal with { Position = (ulong)at },
        ];
    }

    public static List<JournalEntry> Append(GoodRun run, JournalEntryKind kind, ReadOnlyMemory<byte> bytes) =>
        [.. run.Journal, new JournalEntry(Next(run), kind, bytes)];

    private static ulong Next(GoodRun run) => (ulong)run.Journal.Count;

    private static JournalEntry First(GoodRun run) => run.Journal.First(entry => entry.Kind == JournalEntryKind.Batch);

    // An accepted batch: the last two batches are the pledge and a rejected transaction.
    private static JournalEntry Batch(GoodRun run) => run.Journal.Where(entry => entry.Kind == JournalEntryKind.Batch).SkipLast(1).Last();

    private static JournalEntry Rejected(GoodRun run) => run.Journal.Last(entry => entry.Kind == JournalEntryKind.Batch);

    private static JournalEntry Seal(GoodRun run) =>
        run.Journal.Last(entry => entry.Kind == JournalEntryKind.Seal && Header(entry).TransactionCount > 0);

    private static BlockHeader Header(JournalEntry entry)
    {
        Assert.True(BlockSeal.TryRead(entry.Bytes.Span, out var seal));
        return seal.Header;
    }

    private static BlockHeader Lazy(BlockHeader header)
    {
        var target = Target.FromCompact(header.TargetCompact);
        while (target.IsMetBy(header.Hash))
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return header;
    }

    private static ulong TimeOf(JournalEntry entry) => entry.Kind switch
    {
        JournalEntryKind.Batch => Wire.Batch.Parser.ParseFrom(entry.Bytes.Span).TimeMs,
        JournalEntryKind.Seal => Header(entry).TimeMs,
        JournalEntryKind.Genesis or JournalEntryKind.Activation => 0,
    };

    private static List<JournalEntry> Edit(GoodRun run, JournalEntry which, Func<JournalEntry, JournalEntry> change) =>
        [.. run.Journal.Select(entry => entry.Position == which.Position ? change(entry) : entry)];

    private static List<JournalEntry> EditSeal(GoodRun run, Func<BlockHeader, BlockHeader> change) =>
        Edit(run, Seal(run), entry => run.Reseal(entry, change));

    private static List<JournalEntry> EditBatch(GoodRun run, JournalEntry which, Action<Wire.Batch> change) => Edit(run, which, entry =>
    {
        var batch = Wire.Batch.Parser.ParseFrom(entry.Bytes.Span);
        change(batch);
        return entry with { Bytes = batch.ToByteArray() };
    });
}
