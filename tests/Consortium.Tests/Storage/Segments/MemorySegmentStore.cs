using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;

namespace Consortium.Tests.Storage.Segments;

/// <summary>Segments in memory, with small limits and faults on demand.</summary>
internal sealed class MemorySegmentStore : ISegmentStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Bytes, int Appends)> _segments = new(StringComparer.Ordinal);

    public SegmentLimits Limits { get; init; } = new(AppendBytes: 64 << 10, Appends: 4_000, SegmentBytes: 32 << 20);

    /// <summary>Replaces appends in a test; given the append itself, and the segment's name, offset and bytes.</summary>
    public Func<Action<ReadOnlyMemory<byte>>, string, long, ReadOnlyMemory<byte>, Task>? OnAppend { get; set; }

    /// <summary>Appends that happened.</summary>
    public List<(string Name, long Offset, int Length)> Appends { get; } = [];

    public int Reads { get; private set; }

    public Dictionary<string, byte[]> Contents()
    {
        lock (_lock)
        {
            return _segments.ToDictionary(item => item.Key, item => item.Value.Bytes.ToArray(), StringComparer.Ordinal);
        }
    }

    public MemorySegmentStore Copy(Action<Dictionary<string, byte[]>> change)
    {
        var contents = Contents();
        change(contents);
        var copy = new MemorySegmentStore { Limits = Limits };
        foreach (var (name, bytes) in contents)
        {
            copy._segments[name] = ([.. bytes], 1);
        }

        return copy;
    }

    public ValueTask<IReadOnlyList<SegmentInfo>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        SegmentName.CheckPrefix(prefix);
        lock (_lock)
        {
            return new([.. _segments.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(item => new SegmentInfo(item.Key, item.Value.Bytes.Length))]);
        }
    }

    public ValueTask CreateAsync(string name, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        lock (_lock)
        {
            _segments.TryAdd(name, ([], 0));
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask AppendAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        await (OnAppend?.Invoke(part => Append(name, offset, part), name, offset, bytes) ?? Task.Run(() => Append(name, offset, bytes), CancellationToken.None));
    }

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Reads++;
            if (!_segments.TryGetValue(name, out var segment))
            {
                throw new StorageException($"There is no segment '{name}'.");
            }

            var rest = segment.Bytes.AsSpan((int)Math.Min(offset, segment.Bytes.Length));
            rest = rest[..Math.Min(rest.Length, buffer.Length)];
            rest.CopyTo(buffer.Span);
            return new(rest.Length);
        }
    }

    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _segments.Remove(name);
        }

        return ValueTask.CompletedTask;
    }

    private void Append(string name, long offset, ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            if (!_segments.TryGetValue(name, out var segment))
            {
                throw new StorageException($"Nothing was appended: there is no segment '{name}'.");
            }

            Limits.Check(name, offset, bytes.Length, segment.Appends);
            if (segment.Bytes.Length != offset)
            {
                throw new SegmentConflictException(name, offset);
            }

            _segments[name] = ([.. segment.Bytes, .. bytes.Span], segment.Appends + 1);
            Appends.Add((name, offset, bytes.Length));
        }
    }
}
