using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger;

namespace Consortium.Simulation.Memory;

/// <summary>A journal that ends with the process: for tests and simulation.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];

    /// <inheritdoc/>
    public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new ValueTask<ulong?>(_entries.Count == 0 ? null : (ulong)_entries.Count - 1);
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var expected = (ulong)_entries.Count;
            if (entry.Position < expected)
            {
                return ValueTask.FromException(new JournalConflictException(entry.Position));
            }

            Invariant.Holds(entry.Position == expected);
            _entries.Add(entry with { Bytes = entry.Bytes.ToArray() });
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        ulong fromPosition,
        ulong toPosition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken);
        for (var position = fromPosition; head is { } last && position <= Math.Min(last, toPosition); position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return At(position);
        }
    }

    private JournalEntry At(ulong position)
    {
        lock (_lock)
        {
            return _entries[(int)position];
        }
    }
}
