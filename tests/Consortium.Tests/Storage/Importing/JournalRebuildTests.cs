using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Verification;
using Consortium.Simulation.Memory;
using Consortium.Storage.Importing;
using Consortium.Tests.Node;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Storage.Importing;

public sealed class JournalRebuildTests
{
    [Fact]
    public async Task Batches_keep_their_positions_and_seals_stand_no_later_than_they_did()
    {
        await using var chain = await ExportedChain.MakeAsync();
        var before = await JournalContract.ReadAsync(chain.Fixture.Ports.Journal, 0, ulong.MaxValue);
        var after = await ExportedChain.RebuildAsync(chain.Export);

        Assert.Equal(Enumerable.Range(0, after.Count).Select(i => (ulong)i), after.Select(entry => entry.Position));
        var seals = after.Where(entry => entry.Kind == JournalEntryKind.Seal).ToList();
        foreach (var (seal, was) in seals.Zip(before.Where(entry => entry.Kind == JournalEntryKind.Seal)))
        {
            Assert.True(seal.Bytes.Span.SequenceEqual(was.Bytes.Span));
            Assert.InRange(seal.Position, SealOf(seal).Header.LastPosition + 1, was.Position);
        }

        var last = SealOf(seals[^1]).Header.LastPosition;
        var batches = after.Where(entry => entry.Kind == JournalEntryKind.Batch).ToList();
        Assert.Equal(
            before.Where(entry => entry.Kind == JournalEntryKind.Batch && entry.Position <= last).Select(entry => entry.Position),
            batches.Select(entry => entry.Position));
        Assert.All(batches, entry => Assert.True(entry.Bytes.Span.SequenceEqual(before[(int)entry.Position].Bytes.Span)));

        // Four restarts before the last seal: their positions are taken by somebody.
        Assert.Contains(before, entry => entry.Kind == JournalEntryKind.Activation);
        Assert.Equal(after.Count, after.Select(entry => Convert.ToHexString(entry.Bytes.Span)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_node_goes_on_from_a_rebuilt_journal_and_its_export_begins_with_the_old_chain()
    {
        await using var chain = await ExportedChain.MakeAsync();
        Assert.Null(RoleHarnessTests.Verify(chain.Export, out var old));
        var journal = new MemoryJournal();
        foreach (var entry in await ExportedChain.RebuildAsync(chain.Export))
        {
            await journal.AppendAsync(entry, default);
        }

        chain.Fixture.Ports = chain.Fixture.Ports with { Journal = journal, Snapshots = new MemorySnapshotStore(), Index = new MemoryLedgerIndex() };
        await chain.Fixture.RestartAsync();
        var tip = await chain.Fixture.Ports.Index.FindBlockAsync(old.Height, default);
        Assert.Equal((old.TipHash, old.StateRoot), (tip!.Seal.Header.Hash, tip.Seal.Header.StateRoot));
        foreach (var (_, position) in chain.Opened)
        {
            Assert.NotNull(await chain.Fixture.Node.ReadTransactionAsync(position, 0, default));
        }

        await chain.OpenAsync();
        var export = await chain.ExportAsync();
        Assert.Null(RoleHarnessTests.Verify(export, out var verifier));
        Assert.True(verifier.Height > old.Height);
        Assert.Equal(old.TransactionCount + 1, verifier.TransactionCount);
        var end = chain.Export.Length - ExportFormat.RecordHeadSize - Digest.Size;
        Assert.True(export.AsSpan().StartsWith(chain.Export.AsSpan(0, end)));
    }

    [Fact]
    public void Positions_that_nothing_is_known_of_become_activations_which_are_the_same_every_time()
    {
        JournalEntryKind[] kinds =
        [
            JournalEntryKind.Genesis, JournalEntryKind.Activation, JournalEntryKind.Activation, JournalEntryKind.Batch,
            JournalEntryKind.Seal, JournalEntryKind.Activation, JournalEntryKind.Batch, JournalEntryKind.Seal,
        ];
        (ExportRecordKind, byte[])[] records =
        [
            (ExportRecordKind.Genesis, [1]), (ExportRecordKind.Batch, Batch(3)), (ExportRecordKind.Seal, [1]),
            (ExportRecordKind.Batch, Batch(6)), (ExportRecordKind.Seal, [2]),
        ];
        var entries = Rebuild(records);
        Assert.Equal(kinds, entries.Select(entry => entry.Kind));
        Assert.All(Rebuild(records).Zip(entries), pair => JournalContract.AssertSame(pair.Second, pair.First));
        Assert.All(entries.Where(entry => entry.Kind == JournalEntryKind.Activation), entry => Assert.Equal(16, entry.Bytes.Length));
    }

    [Fact]
    public void Seals_wait_for_a_free_position_in_order_of_height()
    {
        var entries = Rebuild(
        [
            (ExportRecordKind.Genesis, [1]), (ExportRecordKind.Batch, Batch(1)), (ExportRecordKind.Seal, [1]),
            (ExportRecordKind.Batch, Batch(2)), (ExportRecordKind.Seal, [2]), (ExportRecordKind.Seal, [3]),
            (ExportRecordKind.Batch, Batch(4)), (ExportRecordKind.Seal, [4]),
        ]);
        Assert.Equal([(3ul, 1), (5ul, 2), (6ul, 3), (7ul, 4)], entries.Where(entry => entry.Kind == JournalEntryKind.Seal).Select(entry => (entry.Position, (int)entry.Bytes.Span[0])));
    }

    [Theory]
    [InlineData(1, "is taken")]
    [InlineData(3_000_000, "too many journal positions free")]
    [InlineData(ulong.MaxValue, "too many journal positions free")]
    public void A_position_that_no_journal_could_have_is_refused(ulong second, string says)
    {
        var fault = Assert.Throws<StorageException>(() => Rebuild([(ExportRecordKind.Genesis, [1]), (ExportRecordKind.Batch, Batch(1)), (ExportRecordKind.Batch, Batch(second))]));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_do_not_begin_with_a_genesis_are_refused() =>
        Assert.Throws<StorageException>(() => Rebuild([(ExportRecordKind.Batch, Batch(1))]));

    private static List<JournalEntry> Rebuild((ExportRecordKind Kind, byte[] Content)[] records)
    {
        var rebuild = new JournalRebuild();
        return [.. records.SelectMany(record => rebuild.Add(record.Kind, record.Content)), .. rebuild.Finish()];
    }

    private static byte[] Batch(ulong position) => new Wire.Batch { Position = position, TimeMs = 1 }.ToByteArray();

    private static BlockSeal SealOf(JournalEntry entry)
    {
        Assert.True(BlockSeal.TryRead(entry.Bytes.Span, out var seal));
        return seal;
    }
}
