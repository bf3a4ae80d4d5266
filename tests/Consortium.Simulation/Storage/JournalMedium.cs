using System.Buffers.Binary;
using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Storage;

/// <summary>The durable entries of the journal, which survive every process.</summary>
internal sealed class JournalMedium(VirtualTime time, EventLog? log)
{
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<ulong, long> _damagedUntil = [];
    private long _fullUntil = -1;
    private ulong? _torn;

    /// <summary>Raised for each entry that becomes durable, in order.</summary>
    public event Action<JournalEntry>? Durable;

    /// <summary>The durable entries; the place in the list is the position.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>The next free position.</summary>
    public ulong Next => (ulong)_entries.Count;

    /// <summary>Whether some process is writing an entry at this moment.</summary>
    public bool IsAppending => Write is { IsOver: false };

    /// <summary>The append that began last.</summary>
    public DiskWrite? Write { get; set; }

    public bool IsFull => time.NowTicks < _fullUntil;

    /// <summary>Whether half an entry is behind the last whole one.</summary>
    public bool HasTornTail => _torn is not null;

    /// <summary>Makes an entry durable.</summary>
    /// <exception cref="JournalConflictException">Its position is taken.</exception>
    /// <exception cref="InvariantBrokenException">The entry would leave a gap.</exception>
    public void Append(JournalEntry entry)
    {
        DiscardTornTail();
        if (entry.Position < Next)
        {
            throw new JournalConflictException(entry.Position);
        }

        Invariant.Holds(entry.Position == Next);
        AppendUnchecked(entry);
    }

    /// <summary>Writes an entry behind the last one, whatever its position, as a journal without the position check would.</summary>
    public void AppendUnchecked(JournalEntry entry)
    {
        _entries.Add(entry);
        if (log is not null)
        {
            Span<byte> digest = stackalloc byte[32];
            SHA256.HashData(entry.Bytes.Span, digest);
            log.Append(
                EventKind.EntryDurable,
                "journal",
                entry.Kind.ToString(),
                entry.Position,
                (ulong)entry.Bytes.Length,
                BinaryPrimitives.ReadUInt64BigEndian(digest));
        }

        Durable?.Invoke(entry);
    }

    /// <summary>Makes an entry durable if its position is the next free one; otherwise it vanishes.</summary>
    public bool TryAppend(JournalEntry entry)
    {
        if (entry.Position != Next)
        {
            return false;
        }

        Append(entry);
        return true;
    }

    /// <summary>Leaves half an entry behind the last one; no caller was told that it was written.</summary>
    /// <returns>Whether the entry's position was the next free one.</returns>
    public bool Tear(JournalEntry entry)
    {
        if (entry.Position != Next)
        {
            return false;
        }

        _torn = entry.Position;
        return true;
    }

    /// <summary>Forgets half an entry, as the next process that opens the journal does.</summary>
    public void DiscardTornTail()
    {
        if (_torn is { } position)
        {
            _torn = null;
            log?.Append(EventKind.StorageFault, "journal", "discarded a torn entry", position);
        }
    }

    /// <summary>Makes an entry unreadable for a while.</summary>
    public void Damage(ulong position, TimeSpan duration) => _damagedUntil[position] = time.NowTicks + duration.Ticks;

    public bool IsDamaged(ulong position) =>
        _damagedUntil.TryGetValue(position, out var until) && time.NowTicks < until;

    /// <summary>Makes all appends fail for a while.</summary>
    public void Fill(TimeSpan duration) => _fullUntil = Math.Max(_fullUntil, time.NowTicks + duration.Ticks);
}
