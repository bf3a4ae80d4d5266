using System.Collections.Concurrent;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consortium.Storage.Indexing;

/// <summary>The ledger index in one SQLite file: sorted runs that are merged in the background.</summary>
/// <remarks>
/// Blocks write under random keys; a table ordered by key would rewrite a page for nearly every row. So what is added is
/// sorted in memory, written as one run when there is enough of it, and runs are merged as they pile up: everything is
/// written in order, and each row a handful of times in all. What was added since the last write is lost with the
/// process unless <see cref="FlushAsync"/> was called; the journal has it. A damaged file is replaced by an empty one at
/// the next start.
/// </remarks>
public sealed partial class SqliteLedgerIndex : ILedgerIndex, IDisposable
{
    private const long MemoryBytesMax = 32L << 20;
    private const int MemoryRunsMax = 32;
    private const int MemoryBlocksMax = 1024;
    private const int ReadersMax = 16;

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly IndexWriter _writer;
    private readonly Lock _gate = new();
    private readonly Lock _mergingOne = new();
    private readonly EntrySorter _sorter = new();
    private readonly ConcurrentDictionary<AssetId, uint> _assetNumbers = [];
    private readonly ConcurrentDictionary<uint, AssetId> _assets = [];
    private readonly List<uint> _newAssets = [];
    private readonly ConcurrentBag<IndexReader> _readers = [];
    private readonly SemaphoreSlim _mergeWanted = new(0);
    private readonly Thread _merging;
    private volatile IndexMemory _memory = IndexMemory.Empty;
    private volatile bool _stopping;
    private long _clears;
    private long _nextRun;
    private ulong _height;
    private ulong _lastPosition;

    private SqliteLedgerIndex(string path, IndexWriter writer, ILogger logger)
    {
        _path = path;
        _writer = writer;
        _logger = logger;
        (_height, _lastPosition) = writer.ReadEnd();
        _nextRun = writer.ReadNextRun();
        foreach (var (id, asset) in writer.ReadAssets())
        {
            _assets[id] = asset;
            _assetNumbers[asset] = id;
        }

        _merging = new Thread(Merge) { IsBackground = true, Name = "ledger index merge" };
        _merging.Start();
        _mergeWanted.Release();
    }

    /// <inheritdoc/>
    public ulong Height => Volatile.Read(ref _height);

    private string DamageMarker => _path + ".damaged";

    /// <summary>Opens or creates the ledger index of a folder; a damaged one is replaced by an empty one.</summary>
    /// <param name="folder">The folder; must outlive the index.</param>
    /// <param name="logger">Is told of damage.</param>
    /// <returns>The index.</returns>
    /// <exception cref="StorageException">The file is newer or cannot be written.</exception>
    public static SqliteLedgerIndex Open(DataFolder folder, ILogger<SqliteLedgerIndex> logger)
    {
        var path = folder.IndexPath;
        if (File.Exists(path + ".damaged"))
        {
            LogReplaced(logger, path, "noticed before the last stop");
            DatabaseFile.Delete(path);
            File.Delete(path + ".damaged");
        }

        var database = DerivedFile.Open(
            path,
            IndexWriter.Application,
            IndexWriter.Version,
            opened => IndexWriter.Prepare(opened, path),
            why => LogReplaced(logger, path, why),
            IndexWriter.Schema);
        return new SqliteLedgerIndex(path, new IndexWriter(database), logger);
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write("The blocks were not added to the ledger index", () => Add(blocks));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(Task.Run(
            () => Write("The ledger index was not made durable", () =>
            {
                Store();
                _writer.MakeDurable(_height);
            }),
            CancellationToken.None));
    }

    /// <inheritdoc/>
    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(Task.Run(() => Write("The ledger index was not cleared", Clear), CancellationToken.None));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<(ulong Position, int Index)>> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<(ulong Position, int Index)>>(query => query.Transactions(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IndexedBlock?> FindBlockAsync(ulong height, CancellationToken cancellationToken)
    {
        var recent = _memory.Blocks;
        if (recent.Count > 0 && height >= recent[0].Seal.Header.Height)
        {
            var at = height - recent[0].Seal.Header.Height;
            return new ValueTask<IndexedBlock?>(at < (ulong)recent.Count ? recent[(int)at] : null);
        }

        return ReadAsync((reader, _) => reader.Block(height), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IndexedBlock?> FindBlockOfBatchAsync(ulong position, CancellationToken cancellationToken) =>
        ReadAsync(
            (reader, memory) =>
            {
                var block = reader.BlockOfBatch(position)
                    ?? memory.Blocks.Find(recent => recent.Seal.Header.LastPosition >= position);
                return block is not null && block.FirstPosition <= position ? block : null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedHolding>> HoldingsAtAsync(AccountId account, ulong height, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<IndexedHolding>>(query => query.HoldingsAt(account, height), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedHolding>> HistoryAsync(
        AccountId account,
        ulong fromHeight,
        ulong toHeight,
        int limit,
        CancellationToken cancellationToken) => AskAsync<IReadOnlyList<IndexedHolding>>(
            query => query.History(account, fromHeight, toHeight, limit),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedHolding>> HoldersAsync(
        AssetId asset,
        AccountId after,
        int limit,
        CancellationToken cancellationToken) => AskAsync<IReadOnlyList<IndexedHolding>>(
            query => _assetNumbers.TryGetValue(asset, out var number) ? query.Holders(number, after, limit) : [],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccountId>> AccountsOfAsync(PartyId owner, ulong height, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<AccountId>>(query => query.AccountsOf(owner, height), cancellationToken);

    /// <summary>Writes the entries that are only in memory, and closes the file.</summary>
    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        _mergeWanted.Release();
        _merging.Join();
        lock (_gate)
        {
            try
            {
                Store();
            }
            catch (SqliteException exception)
            {
                LogCloseFailed(_logger, exception, _path);
            }

            while (_readers.TryTake(out var reader))
            {
                reader.Dispose();
            }

            _writer.Dispose();
        }

        _mergeWanted.Dispose();
    }

    /// <summary>For tests: makes the disk full at a number of pages.</summary>
    internal void LimitPages(long pages)
    {
        lock (_gate)
        {
            _writer.LimitPages(pages);
        }
    }

    /// <summary>For tests: writes what is in memory as a run of its own and merges what is due, on this thread.</summary>
    internal void StoreAndMerge()
    {
        Write("The ledger index was not written", Store);
        MergeAll();
    }

    private void Add(IReadOnlyList<SealedBlock> blocks)
    {
        SealedBlock[] added = [.. blocks.Where(block => block.Seal.Header.Height > _height)];
        if (added.Length == 0)
        {
            return;
        }

        for (var i = 0; i < added.Length; i++)
        {
            Invariant.Holds(added[i].Seal.Header.Height == _height + (ulong)i + 1);
        }

        if (_memory.Bytes >= MemoryBytesMax || _memory.Runs.Count >= MemoryRunsMax || _memory.Blocks.Count >= MemoryBlocksMax)
        {
            Store();
        }

        var indexed = new List<IndexedBlock>(added.Length);
        var last = _lastPosition;
        foreach (var block in added)
        {
            indexed.Add(new IndexedBlock(block.Seal, block.SealPosition, last + 1));
            last = block.Seal.Header.LastPosition;
            Sort(block);
        }

        var run = _sorter.Drain();
        var memory = _memory;
        _memory = new IndexMemory(
            run.Bytes == 0 ? memory.Runs : memory.Runs.Add(run),
            memory.Blocks.AddRange(indexed),
            memory.Bytes + run.Bytes);
        _lastPosition = last;
        Volatile.Write(ref _height, added[^1].Seal.Header.Height);
    }

    private void Sort(SealedBlock block)
    {
        var height = block.Seal.Header.Height;
        Span<byte> key = stackalloc byte[IndexKeys.SizeMax];
        foreach (var transaction in block.Transactions)
        {
            _sorter.Add(key[..IndexKeys.Transaction(key, transaction.Id, transaction.Position, transaction.Index)], []);
        }

        foreach (var (stateKey, value) in block.Changes)
        {
            if (value is Holding holding)
            {
                var account = new AccountId(stateKey.Owner);
                var asset = Number(stateKey.Instrument.Asset);
                _sorter.Add(key[..IndexKeys.Holding(key, account, asset, stateKey.Instrument, height)], holding.Encode());
                _sorter.Add(key[..IndexKeys.Holder(key, asset, account, stateKey.Instrument)], []);
            }
            else if (value is Account account)
            {
                _sorter.Add(key[..IndexKeys.Account(key, account.Owner, account.Id, height)], []);
            }
        }
    }

    private uint Number(AssetId asset)
    {
        if (!_assetNumbers.TryGetValue(asset, out var number))
        {
            number = (uint)_assets.Count + 1;
            _assets[number] = asset;
            _assetNumbers[asset] = number;
            _newAssets.Add(number);
        }

        return number;
    }

    private void Store()
    {
        var memory = _memory;
        if (memory.Blocks.Count == 0)
        {
            return;
        }

        var id = _nextRun++;
        _writer.Write(() =>
        {
            foreach (var asset in _newAssets)
            {
                _writer.AddAsset(asset, _assets[asset]);
            }

            foreach (var block in memory.Blocks)
            {
                _writer.AddBlock(block);
            }

            if (memory.Runs.Count > 0)
            {
                StoreRun(id, memory.Runs);
            }
        });
        _newAssets.Clear();
        _memory = IndexMemory.Empty;
        _mergeWanted.Release();
    }

    private void StoreRun(long id, IReadOnlyList<MemoryRun> runs)
    {
        var number = 0;
        var chunks = new ChunkWriter((first, chunk) => _writer.AddChunk(id, number++, first, chunk));
        var cursor = new MergedCursor(runs);
        for (cursor.First(); cursor.HasEntry; cursor.MoveNext())
        {
            chunks.Add(cursor.Key, cursor.Value);
        }

        chunks.End();
        _writer.AddRun(id, level: 0);
    }

    private void Clear()
    {
        // A merge under way notices the count and gives up.
        Interlocked.Increment(ref _clears);
        _writer.Clear();
        _memory = IndexMemory.Empty;
        _assets.Clear();
        _assetNumbers.Clear();
        _newAssets.Clear();
        _lastPosition = 0;
        Volatile.Write(ref _height, 0);
    }

    private void Merge()
    {
        while (true)
        {
            _mergeWanted.Wait();
            if (_stopping)
            {
                return;
            }

            try
            {
                MergeAll();
            }
            catch (SqliteException exception)
            {
                LogMergeFailed(_logger, exception, _path);
                NoteDamage(exception);
            }
        }
    }

    private void MergeAll()
    {
        using var one = _mergingOne.EnterScope();
        var clears = Interlocked.Read(ref _clears);
        using var merger = new RunMerger(
            _writer,
            _gate,
            _path,
            () => _nextRun++,
            () => _stopping || Interlocked.Read(ref _clears) != clears);
        merger.DropGarbage();
        merger.MergeDue(int.MaxValue);
        merger.DropGarbage();
    }

    private void Write(string what, Action work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            try
            {
                work();
            }
            catch (SqliteException exception)
            {
                NoteDamage(exception);
                throw DatabaseFile.Explain(exception, _path, what);
            }
        }
    }

    private ValueTask<T> AskAsync<T>(Func<IndexQuery, T> question, CancellationToken cancellationToken) => ReadAsync(
        (reader, memory) =>
        {
            var runs = reader.Runs();
            runs.AddRange(memory.Runs);
            return question(new IndexQuery(runs, _assets));
        },
        cancellationToken);

    private ValueTask<T> ReadAsync<T>(Func<IndexReader, IndexMemory, T> question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_stopping, this);
        IndexReader? reader = null;
        try
        {
            // Memory first: what moves to the file in between is then seen twice, which is harmless, and never missed.
            var memory = _memory;
            if (!_readers.TryTake(out reader))
            {
                reader = new IndexReader(_path);
            }

            reader.Begin();
            var answer = question(reader, memory);
            reader.End();
            if (_readers.Count < ReadersMax)
            {
                _readers.Add(reader);
                reader = null;
            }

            return new ValueTask<T>(answer);
        }
        catch (SqliteException exception)
        {
            NoteDamage(exception);
            throw DatabaseFile.IsDamage(exception)
                ? new StorageException(
                    $"The ledger index '{_path}' is damaged ({exception.Message}). Start again: it is replaced and built again from the journal; the ledger itself is not affected.",
                    exception)
                : DatabaseFile.Explain(exception, _path, "The ledger index was not read");
        }
        finally
        {
            reader?.Dispose();
        }
    }

    private void NoteDamage(SqliteException exception)
    {
        if (!DatabaseFile.IsDamage(exception))
        {
            return;
        }

        LogDamaged(_logger, exception, _path);
        try
        {
            File.WriteAllText(DamageMarker, exception.Message);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            LogDamaged(_logger, unwritable, _path);
        }
    }
}
