using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Verification;
using Consortium.Silo.Importing;
using Consortium.Storage.Importing;
using Consortium.Storage.Segments;
using Consortium.Tests.Node;
using Consortium.Tests.Storage.Segments;

namespace Consortium.Tests.Storage.Importing;

/// <summary>A silo that starts with an <c>import.bin</c> builds its journal from it, also after interruptions.</summary>
public sealed class ChainImportTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemorySegmentStore _store = new();
    private readonly List<string> _told = [];
    private byte[] _export = [];
    private byte[] _genesis = [];

    private string ImportPath => Path.Combine(_folder.Path, ChainImport.FileName);

    private string GenesisPath => Path.Combine(_folder.Path, "genesis.bin");

    public async Task InitializeAsync()
    {
        await using var chain = await ExportedChain.MakeAsync(restarts: 1);
        (_export, _genesis) = (chain.Export, chain.Fixture.Genesis.Bytes.ToArray());
        await File.WriteAllBytesAsync(ImportPath, _export);
        await File.WriteAllBytesAsync(GenesisPath, _genesis);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_empty_storage_gets_the_whole_chain_and_the_file_is_gone()
    {
        await RunAsync();
        await AssertImportedAsync();
        Assert.Contains(_told, line => line.StartsWith("Imported network", StringComparison.Ordinal));

        // The next start has nothing to import.
        await RunAsync();
        await AssertImportedAsync();
    }

    [Fact]
    public async Task A_start_after_a_crash_at_any_entry_goes_on_and_nobody_orders_before_it_has()
    {
        var entries = await ExportedChain.RebuildAsync(_export);
        for (var survive = 0; survive < entries.Count; survive++)
        {
            var store = new MemorySegmentStore();
            var failing = new FailingJournal(NewJournal(store), survive);
            await Assert.ThrowsAsync<StorageException>(() => RunAsync(store, failing));
            Assert.True(File.Exists(ImportPath));
            await RequireThatNobodyOrdersAsync(store);

            await RunAsync(store);
            Assert.Equal((ulong)entries.Count - 1, await NewJournal(store).ReadHeadAsync(default));
            await OrderAsync(store);
            await File.WriteAllBytesAsync(ImportPath, _export);
        }
    }

    [Fact]
    public async Task A_start_after_a_crash_before_the_file_was_deleted_deletes_it_and_keeps_what_was_ordered_since()
    {
        await RunAsync();
        await OrderAsync(_store);
        var head = await NewJournal(_store).ReadHeadAsync(default);
        await File.WriteAllBytesAsync(ImportPath, _export);
        await RunAsync();
        Assert.False(File.Exists(ImportPath));
        Assert.Equal(head, await NewJournal(_store).ReadHeadAsync(default));
        Assert.Contains(_told, line => line.Contains("was imported already", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_that_has_not_finished_is_not_forgotten_when_its_file_is_gone()
    {
        await Assert.ThrowsAsync<StorageException>(() => RunAsync(_store, new FailingJournal(NewJournal(_store), 3)));
        File.Delete(ImportPath);
        await RefusedAsync("was begun and has not finished", "consortium import FILE");
        await RequireThatNobodyOrdersAsync(_store);
    }

    [Fact]
    public async Task An_import_does_not_go_on_with_another_chain()
    {
        await Assert.ThrowsAsync<StorageException>(() => RunAsync(_store, new FailingJournal(NewJournal(_store), 3)));
        await using var other = await ExportedChain.MakeAsync(restarts: 0);
        await File.WriteAllBytesAsync(ImportPath, other.Export);
        File.Delete(GenesisPath);
        await RefusedAsync("was begun with another file", "empty the storage");
        await RequireThatNobodyOrdersAsync(_store);
    }

    [Fact]
    public async Task A_ledger_of_another_network_is_left_alone_and_both_are_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = NodeFixture.MakeGenesis(key, 4);
        await NewJournal(_store).AppendAsync(new JournalEntry(0, JournalEntryKind.Genesis, other.Bytes), default);
        await RefusedAsync($"network {other.Network}", "the storage has the ledger of", "Nothing was changed");
        Assert.Equal(0ul, await NewJournal(_store).ReadHeadAsync(default));
        await OrderAsync(_store);
    }

    [Fact]
    public async Task A_ledger_of_the_same_network_is_left_alone()
    {
        await NewJournal(_store).AppendAsync(new JournalEntry(0, JournalEntryKind.Genesis, _genesis), default);
        await RefusedAsync("of the same network", "from journal position 1 on", "Nothing was changed");
        Assert.Equal(0ul, await NewJournal(_store).ReadHeadAsync(default));
    }

    [Fact]
    public async Task A_ledger_that_another_silo_began_while_the_file_was_verified_is_left_alone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = NodeFixture.MakeGenesis(key, 4);
        var journal = new BegunMeanwhile(NewJournal(_store), () =>
            NewJournal(_store).AppendAsync(new JournalEntry(0, JournalEntryKind.Genesis, other.Bytes), default).AsTask());
        var fault = await Assert.ThrowsAsync<StorageException>(() => RunAsync(_store, journal));
        Assert.Contains($"the storage has the ledger of network {other.Network}", fault.Message, StringComparison.Ordinal);
        await OrderAsync(_store);
    }

    [Fact]
    public async Task A_genesis_of_another_network_is_refused_and_both_are_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = NodeFixture.MakeGenesis(key, 4);
        await File.WriteAllBytesAsync(GenesisPath, other.Bytes.ToArray());
        await RefusedAsync($"the genesis '{GenesisPath}' is of network {other.Network}", "Nothing was imported");
        Assert.Empty(_store.Contents());
    }

    [Theory]
    [InlineData(0, "first bytes are not those of an exported chain")]
    [InlineData(200, "cut off")]
    public async Task A_file_that_is_cut_off_writes_nothing(int length, string says)
    {
        await File.WriteAllBytesAsync(ImportPath, _export[..length]);
        await RefusedAsync(says, "Nothing was imported");
        Assert.Empty(_store.Contents());
    }

    [Fact]
    public async Task A_flipped_byte_writes_nothing()
    {
        var changed = (byte[])_export.Clone();
        changed[_export.Length * 2 / 3] ^= 1;
        await File.WriteAllBytesAsync(ImportPath, changed);
        await RefusedAsync("cannot be imported", "Nothing was imported");
        Assert.Empty(_store.Contents());
    }

    private static SegmentJournal NewJournal(MemorySegmentStore store) => new(store, new SegmentLogOptions { Prefix = "journal/", RollBytes = 1 << 20, RollAppends = 2_000 });

    private static GuardedJournal Guarded(MemorySegmentStore store) => new(NewJournal(store), new ImportMark(store));

    // Appends the first entry of a sequencer, its activation.
    private static async Task OrderAsync(MemorySegmentStore store)
    {
        var journal = Guarded(store);
        var head = await journal.ReadHeadAsync(default);
        await journal.AppendAsync(new JournalEntry(head!.Value + 1, JournalEntryKind.Activation, new byte[16]), default);
    }

    private static async Task RequireThatNobodyOrdersAsync(MemorySegmentStore store)
    {
        var journal = Guarded(store);
        var head = await journal.ReadHeadAsync(default);
        if (head is null)
        {
            Assert.True(await new ImportMark(store).IsSetAsync(default));
            return;
        }

        var fault = await Assert.ThrowsAsync<StorageException>(() => OrderAsync(store));
        Assert.Contains("an import into the storage has not finished", fault.Message, StringComparison.Ordinal);
        Assert.Equal(head, await journal.ReadHeadAsync(default));
    }

    private Task RunAsync() => RunAsync(_store);

    private Task RunAsync(MemorySegmentStore store, IJournal? journal = null) =>
        new ChainImport(journal ?? NewJournal(store), new ImportMark(store), _told.Add).RunAsync(_folder.Path, GenesisPath, default);

    private async Task RefusedAsync(params string[] says)
    {
        var fault = await Assert.ThrowsAsync<StorageException>(RunAsync);
        Assert.All(says, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', fault.Message);
    }

    private async Task AssertImportedAsync()
    {
        Assert.False(File.Exists(ImportPath));
        Assert.False(await new ImportMark(_store).IsSetAsync(default));
        var written = await JournalContract.ReadAsync(NewJournal(_store), 0, ulong.MaxValue);
        var expected = await ExportedChain.RebuildAsync(_export);
        Assert.Equal(expected.Count, written.Count);
        Assert.All(expected.Zip(written), pair => JournalContract.AssertSame(pair.First, pair.Second));
        Assert.Equal((await ExportedChain.RecordsAsync(_export)).Count(record => record.Kind == ExportRecordKind.Seal), written.Count(entry => entry.Kind == JournalEntryKind.Seal));
    }

    /// <summary>A journal that another process writes to just after its head was asked for the first time.</summary>
    private sealed class BegunMeanwhile(IJournal journal, Func<Task> begin) : IJournal
    {
        private bool _hasBegun;

        public async ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken)
        {
            var head = await journal.ReadHeadAsync(cancellationToken);
            if (!_hasBegun)
            {
                _hasBegun = true;
                await begin();
            }

            return head;
        }

        public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) => journal.AppendAsync(entry, cancellationToken);

        public IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
            journal.ReadAsync(fromPosition, toPosition, cancellationToken);
    }

    /// <summary>A journal whose process dies after a number of appends.</summary>
    private sealed class FailingJournal(IJournal journal, int survive) : IJournal
    {
        private int _appends;

        public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) => journal.ReadHeadAsync(cancellationToken);

        public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) => _appends++ < survive
            ? journal.AppendAsync(entry, cancellationToken)
            : ValueTask.FromException(new StorageException("The process died here."));

        public IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
            journal.ReadAsync(fromPosition, toPosition, cancellationToken);
    }
}
