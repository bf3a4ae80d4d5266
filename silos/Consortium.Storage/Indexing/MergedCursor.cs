namespace Consortium.Storage.Indexing;

/// <summary>Goes through several runs as if they were one. An entry that is in two of them comes twice.</summary>
internal sealed class MergedCursor
{
    private readonly RunCursor[] _cursors;
    private readonly RunCursor[] _heap;
    private int _count;

    public MergedCursor(IReadOnlyList<IRun> runs)
    {
        _cursors = [.. runs.Select(run => new RunCursor(run))];
        _heap = new RunCursor[_cursors.Length];
    }

    /// <summary>Whether the cursor stands on an entry.</summary>
    public bool HasEntry => _count > 0;

    public ReadOnlySpan<byte> Key => _heap[0].Key;

    public ReadOnlySpan<byte> Value => _heap[0].Value;

    public void First()
    {
        _count = 0;
        foreach (var cursor in _cursors)
        {
            Push(cursor, cursor.First());
        }
    }

    /// <summary>Goes to the first entry whose key is not before a key.</summary>
    public void Seek(ReadOnlySpan<byte> key)
    {
        _count = 0;
        foreach (var cursor in _cursors)
        {
            Push(cursor, cursor.Seek(key));
        }
    }

    public void MoveNext()
    {
        if (!_heap[0].MoveNext())
        {
            _heap[0] = _heap[--_count];
        }

        Sink();
    }

    private void Push(RunCursor cursor, bool hasEntry)
    {
        if (!hasEntry)
        {
            return;
        }

        var at = _count++;
        while (at > 0 && cursor.Key.SequenceCompareTo(_heap[(at - 1) / 2].Key) < 0)
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = cursor;
    }

    private void Sink()
    {
        var cursor = _heap[0];
        var at = 0;
        while ((2 * at) + 1 < _count)
        {
            var child = (2 * at) + 1;
            if (child + 1 < _count && _heap[child + 1].Key.SequenceCompareTo(_heap[child].Key) < 0)
            {
                child++;
            }

            if (cursor.Key.SequenceCompareTo(_heap[child].Key) <= 0)
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = cursor;
    }
}
