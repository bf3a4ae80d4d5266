namespace Consortium.Ledger.Blocks;

/// <summary>The duplicate window as it was at a cut, written for a snapshot a slice at a time, on any thread.</summary>
public sealed class DuplicateWindowExport
{
    /// <summary>Most entries in a slice: 53 kB, so that a slice is no large object.</summary>
    private const int SliceEntries = 1_024;

    private readonly IReadOnlyList<List<DuplicateWindowEntry>> _closed;

    internal DuplicateWindowExport(IReadOnlyList<List<DuplicateWindowEntry>> closed)
    {
        _closed = closed;
        Count = closed.Sum(entries => entries.Count);
    }

    /// <summary>The number of transactions in the export.</summary>
    public int Count { get; }

    /// <summary>Encodes the entries in slices, which <see cref="DuplicateWindow.TryRestore"/> reads.</summary>
    /// <returns>Slices, each for <see cref="DuplicateWindow.TryRestore"/>; none when the window is empty.</returns>
    public IEnumerable<byte[]> Slices()
    {
        foreach (var slice in _closed.SelectMany(entries => entries).Chunk(SliceEntries))
        {
            var bytes = new byte[slice.Length * DuplicateWindowEntry.Size];
            for (var i = 0; i < slice.Length; i++)
            {
                slice[i].Write(bytes.AsSpan(i * DuplicateWindowEntry.Size));
            }

            yield return bytes;
        }
    }
}
