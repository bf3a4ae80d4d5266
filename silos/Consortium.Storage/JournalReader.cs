using Consortium.Consensus.Ports;
using Consortium.Storage.Sqlite;

namespace Consortium.Storage;

/// <summary>A connection that reads the journal. Not for use by two threads at a time.</summary>
internal sealed class JournalReader : IDisposable
{
    private readonly string _path;
    private readonly Database? _owned;
    private readonly Statement _head;
    private readonly Statement _rows;

    private JournalReader(Database database, string path, bool owned)
    {
        _path = path;
        _owned = owned ? database : null;
        _head = database.Prepare("SELECT max(position) FROM journal");
        _rows = database.Prepare("SELECT position, kind, digest, bytes FROM journal WHERE position BETWEEN ?1 AND ?2 ORDER BY position");
    }

    public static JournalReader Open(string path) => new(Database.Open(path, readOnly: true), path, owned: true);

    /// <summary>Reads through a connection that someone else closes.</summary>
    public static JournalReader Over(Database database, string path) => new(database, path, owned: false);

    public ulong? Head()
    {
        ulong? head = _head.Step() && !_head.IsNull(0) ? checked((ulong)_head.Number(0)) : null;
        _head.Reset();
        return head;
    }

    /// <summary>Reads some of the entries that stand between two positions, at least one.</summary>
    /// <returns>How many.</returns>
    public int Read(ulong from, ulong last, int entriesMax, long bytesMax, List<JournalEntry> entries)
    {
        var next = from;
        try
        {
            _rows.Bind(1, checked((long)from)).Bind(2, checked((long)last));
            while (next <= last && entries.Count < entriesMax && bytesMax > 0)
            {
                if (!_rows.Step() || (ulong)_rows.Number(0) != next)
                {
                    throw DatabaseFile.Damaged(_path, $"journal position {next} is missing");
                }

                var entry = Row(next);
                entries.Add(entry);
                bytesMax -= entry.Bytes.Length;
                next++;
            }
        }
        finally
        {
            _rows.Reset();
        }

        return entries.Count;
    }

    public void Dispose() => _owned?.Dispose();

    private JournalEntry Row(ulong position)
    {
        var kind = _rows.Number(1);
        var bytes = _rows.Blob(3).ToArray();
        Span<byte> digest = stackalloc byte[8];
        SqliteJournal.Fingerprint((JournalEntryKind)(kind & 0xff), position, bytes, digest);
        return kind is >= (long)JournalEntryKind.Genesis and <= (long)JournalEntryKind.Activation && digest.SequenceEqual(_rows.Blob(2))
            ? new JournalEntry(position, (JournalEntryKind)kind, bytes)
            : throw DatabaseFile.Damaged(_path, $"journal position {position} does not match its digest");
    }
}
