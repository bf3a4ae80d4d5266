namespace Consortium.Storage.Indexing;

/// <summary>A run that is not yet in the file.</summary>
internal sealed class MemoryRun : IRun
{
    private readonly List<byte[]> _firsts = [];
    private readonly List<byte[]> _chunks = [];

    public long Bytes { get; private set; }

    public void Add(byte[] first, byte[] chunk)
    {
        _firsts.Add(first);
        _chunks.Add(chunk);
        Bytes += chunk.Length;
    }

    public int Find(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, _firsts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_firsts[middle].AsSpan().SequenceCompareTo(key) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    public byte[]? ReadChunk(int number) => number < _chunks.Count ? _chunks[number] : null;
}
