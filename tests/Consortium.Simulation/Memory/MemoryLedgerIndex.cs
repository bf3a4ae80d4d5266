using System.Buffers.Binary;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;

namespace Consortium.Simulation.Memory;

/// <summary>A ledger index that ends with the process: for tests and simulation.</summary>
/// <remarks>Written as plainly as possible, so that the SQLite index can be compared with it.</remarks>
public sealed class MemoryLedgerIndex : ILedgerIndex
{
    private readonly Lock _lock = new();
    private readonly List<IndexedBlock> _blocks = [];
    private readonly Dictionary<ulong, List<(ulong Position, int Index)>> _transactions = [];
    private readonly SortedDictionary<AccountId, List<IndexedHolding>> _holdings = [];
    private readonly Dictionary<PartyId, SortedDictionary<AccountId, ulong>> _accounts = [];

    /// <inheritdoc/>
    public ulong Height
    {
        get
        {
            lock (_lock)
            {
                return (ulong)_blocks.Count;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var height = (ulong)_blocks.Count;
            SealedBlock[] added = [.. blocks.Where(block => block.Seal.Header.Height > height)];
            for (var i = 0; i < added.Length; i++)
            {
                Invariant.Holds(added[i].Seal.Header.Height == height + (ulong)i + 1);
            }

            foreach (var block in added)
            {
                Add(block);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _blocks.Clear();
            _transactions.Clear();
            _holdings.Clear();
            _accounts.Clear();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<(ulong Position, int Index)>> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<(ulong Position, int Index)>>(
            () => _transactions.TryGetValue(Prefix(id), out var found) ? [.. found.Order()] : [],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IndexedBlock?> FindBlockAsync(ulong height, CancellationToken cancellationToken) =>
        AskAsync(() => height >= 1 && height <= (ulong)_blocks.Count ? _blocks[(int)height - 1] : null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IndexedBlock?> FindBlockOfBatchAsync(ulong position, CancellationToken cancellationToken) =>
        AskAsync(
            () => _blocks.Find(block => position >= block.FirstPosition && position <= block.Seal.Header.LastPosition),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedHolding>> HoldingsAtAsync(AccountId account, ulong height, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<IndexedHolding>>(() => LatestOf(account, height), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedHolding>> HistoryAsync(
        AccountId account,
        ulong fromHeight,
        ulong toHeight,
        int limit,
        CancellationToken cancellationToken) => AskAsync<IReadOnlyList<IndexedHolding>>(
            () =>
            [
                .. RowsOf(account)
                    .Where(row => row.Height >= fromHeight && row.Height <= toHeight)
                    .OrderBy(row => row.Height)
                    .ThenBy(row => row.Instrument)
                    .Take(limit),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedHolding>> HoldersAsync(
        AssetId asset,
        AccountId after,
        int limit,
        CancellationToken cancellationToken) => AskAsync<IReadOnlyList<IndexedHolding>>(
            () =>
            [
                .. _holdings.Keys
                    .Where(account => account.CompareTo(after) > 0)
                    .Select(account => LatestOf(account, ulong.MaxValue).Where(row => row.Instrument.Asset == asset && row.Holding.Posted != 0).ToArray())
                    .Where(rows => rows.Length > 0)
                    .Take(limit)
                    .SelectMany(rows => rows),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccountId>> AccountsOfAsync(PartyId owner, ulong height, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<AccountId>>(
            () => _accounts.TryGetValue(owner, out var found) ? [.. found.Where(pair => pair.Value <= height).Select(pair => pair.Key)] : [],
            cancellationToken);

    private static ulong Prefix(TransactionId id) => BinaryPrimitives.ReadUInt64BigEndian(id.Digest.ToArray());

    private void Add(SealedBlock block)
    {
        var height = block.Seal.Header.Height;
        var first = _blocks.Count == 0 ? 1 : _blocks[^1].Seal.Header.LastPosition + 1;
        _blocks.Add(new IndexedBlock(block.Seal, block.SealPosition, first));
        foreach (var transaction in block.Transactions)
        {
            var prefix = Prefix(transaction.Id);
            if (!_transactions.TryGetValue(prefix, out var places))
            {
                _transactions.Add(prefix, places = []);
            }

            places.Add((transaction.Position, transaction.Index));
        }

        foreach (var (key, value) in block.Changes)
        {
            if (value is Holding holding)
            {
                var account = new AccountId(key.Owner);
                if (!_holdings.TryGetValue(account, out var rows))
                {
                    _holdings.Add(account, rows = []);
                }

                rows.Add(new IndexedHolding(account, key.Instrument, height, holding));
            }
            else if (value is Account account)
            {
                if (!_accounts.TryGetValue(account.Owner, out var opened))
                {
                    _accounts.Add(account.Owner, opened = []);
                }

                opened.TryAdd(account.Id, height);
            }
        }
    }

    private List<IndexedHolding> RowsOf(AccountId account) => _holdings.TryGetValue(account, out var rows) ? rows : [];

    private IndexedHolding[] LatestOf(AccountId account, ulong height) =>
    [
        .. RowsOf(account)
            .Where(row => row.Height <= height)
            .GroupBy(row => row.Instrument)
            .Select(rows => rows.MaxBy(row => row.Height)!)
            .OrderBy(row => row.Instrument),
    ];

    private ValueTask<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new ValueTask<T>(question());
        }
    }
}
