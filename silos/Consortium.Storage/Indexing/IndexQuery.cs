using System.Collections.Concurrent;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Consortium.Storage.Indexing;

/// <summary>Answers one query from the runs that existed when it was asked.</summary>
/// <param name="runs">All runs.</param>
/// <param name="assets">Assets by number.</param>
internal sealed class IndexQuery(IReadOnlyList<IRun> runs, ConcurrentDictionary<uint, AssetId> assets)
{
    private readonly MergedCursor _cursor = new(runs);
    private readonly RunCursor[] _cursors = [.. runs.Select(run => new RunCursor(run))];

    public List<(ulong Position, int Index)> Transactions(TransactionId id)
    {
        var found = new List<(ulong Position, int Index)>();
        Span<byte> prefix = stackalloc byte[IndexKeys.SizeMax];
        prefix = prefix[..IndexKeys.Transaction(prefix, id)];
        for (_cursor.Seek(prefix); _cursor.HasEntry && _cursor.Key.StartsWith(prefix); _cursor.MoveNext())
        {
            var place = IndexKeys.ReadTransaction(_cursor.Key);
            if (found.Count == 0 || found[^1] != place)
            {
                found.Add(place);
            }
        }

        return found;
    }

    public List<AccountId> AccountsOf(PartyId owner, ulong height)
    {
        var found = new List<AccountId>();
        Span<byte> prefix = stackalloc byte[IndexKeys.SizeMax];
        prefix = prefix[..IndexKeys.Accounts(prefix, owner)];
        for (_cursor.Seek(prefix); _cursor.HasEntry && _cursor.Key.StartsWith(prefix); _cursor.MoveNext())
        {
            var account = IndexKeys.ReadAccount(_cursor.Key);
            if (IndexKeys.HeightOf(_cursor.Key) <= height && (found.Count == 0 || found[^1] != account))
            {
                found.Add(account);
            }
        }

        return found;
    }

    public List<IndexedHolding> HoldingsAt(AccountId account, ulong height)
    {
        var found = new List<IndexedHolding>();
        foreach (var instrument in Instruments(account))
        {
            if (Latest(account, instrument, height) is { } row)
            {
                found.Add(row);
            }
        }

        found.Sort((left, right) => left.Instrument.CompareTo(right.Instrument));
        return found;
    }

    public List<IndexedHolding> History(AccountId account, ulong fromHeight, ulong toHeight, int limit)
    {
        var found = new List<IndexedHolding>();
        Span<byte> key = stackalloc byte[IndexKeys.SizeMax];
        foreach (var instrument in Instruments(account))
        {
            // The first rows of all instruments together contain the first rows of the answer.
            var length = HoldingKey(key, account, instrument, fromHeight);
            var prefix = key[..(length - IndexKeys.HeightSize)];
            var count = 0;
            ulong last = 0;
            for (_cursor.Seek(key[..length]); count < limit && _cursor.HasEntry && IsWithin(prefix, toHeight); _cursor.MoveNext())
            {
                var height = IndexKeys.HeightOf(_cursor.Key);
                if (height != last)
                {
                    found.Add(Row(account, instrument, height, _cursor.Value));
                    count++;
                    last = height;
                }
            }
        }

        found.Sort((left, right) => left.Height != right.Height
            ? left.Height.CompareTo(right.Height)
            : left.Instrument.CompareTo(right.Instrument));
        return found.Count <= limit ? found : found.GetRange(0, limit);
    }

    public List<IndexedHolding> Holders(uint asset, AccountId after, int limit)
    {
        var found = new List<IndexedHolding>();
        Span<byte> holder = stackalloc byte[IndexKeys.SizeMax];
        Span<byte> key = stackalloc byte[IndexKeys.SizeMax];
        Span<byte> last = stackalloc byte[IndexKeys.SizeMax];
        var prefixLength = IndexKeys.Holder(holder, asset, after);

        // No right has the number 255, so this is past every row of the account and before the next one's.
        holder[prefixLength] = after.IsDefault ? (byte)0 : byte.MaxValue;
        var lastLength = 0;
        var accounts = 0;
        for (_cursor.Seek(holder[..(prefixLength + 1)]); _cursor.HasEntry && _cursor.Key.StartsWith(holder[..5]); _cursor.MoveNext())
        {
            if (_cursor.Key.SequenceEqual(last[..lastLength]))
            {
                continue;
            }

            lastLength = _cursor.Key.Length;
            _cursor.Key.CopyTo(last);
            var account = IndexKeys.ReadHolder(_cursor.Key);
            var isNext = found.Count == 0 || found[^1].Account != account;
            if (isNext && accounts == limit)
            {
                break;
            }

            var length = IndexKeys.HoldingOfHolder(key, _cursor.Key);
            if (Latest(account, key[IndexKeys.AccountSize..length].ToArray(), ulong.MaxValue) is { Holding.Posted: var posted } row && posted != 0)
            {
                accounts += isNext ? 1 : 0;
                found.Add(row);
            }
        }

        return found;
    }

    private static int HoldingKey(Span<byte> key, AccountId account, ReadOnlySpan<byte> instrument, ulong height)
    {
        var length = IndexKeys.Holdings(key, account);
        instrument.CopyTo(key[length..]);
        length += instrument.Length;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(key[length..], height);
        return length + IndexKeys.HeightSize;
    }

    private bool IsWithin(ReadOnlySpan<byte> prefix, ulong toHeight) =>
        _cursor.Key.StartsWith(prefix) && IndexKeys.HeightOf(_cursor.Key) <= toHeight;

    // Goes from instrument to instrument without reading the heights between.
    private List<byte[]> Instruments(AccountId account)
    {
        var found = new List<byte[]>();
        Span<byte> key = stackalloc byte[IndexKeys.SizeMax];
        var accountLength = IndexKeys.Holdings(key, account);
        var length = accountLength;
        while (true)
        {
            _cursor.Seek(key[..length]);
            if (!_cursor.HasEntry || !_cursor.Key.StartsWith(key[..accountLength]))
            {
                return found;
            }

            var instrument = IndexKeys.InstrumentOf(_cursor.Key).ToArray();
            found.Add(instrument);
            length = HoldingKey(key, account, instrument, ulong.MaxValue);
            key[length++] = 0;
        }
    }

    private IndexedHolding? Latest(AccountId account, ReadOnlySpan<byte> instrument, ulong height)
    {
        Span<byte> key = stackalloc byte[IndexKeys.SizeMax];
        var length = HoldingKey(key, account, instrument, height);
        byte[]? best = null;
        ulong bestHeight = 0;
        foreach (var cursor in _cursors)
        {
            if (cursor.TryFloor(key[..length], length - IndexKeys.HeightSize, out var found, out var value) && found > bestHeight)
            {
                (best, bestHeight) = (value, found);
            }
        }

        return best is null ? null : Row(account, instrument, bestHeight, best);
    }

    private IndexedHolding Row(AccountId account, ReadOnlySpan<byte> instrument, ulong height, ReadOnlySpan<byte> value) =>
        Holding.Decode(value) is { } holding && assets.TryGetValue(IndexKeys.AssetOf(instrument), out var asset)
            ? new IndexedHolding(account, IndexKeys.ReadInstrument(instrument, asset), height, holding)
            : throw new SqliteException("a holding cannot be read", raw.SQLITE_CORRUPT);
}
