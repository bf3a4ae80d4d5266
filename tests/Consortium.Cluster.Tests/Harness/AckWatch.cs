using System.Diagnostics;

namespace Consortium.Cluster.Tests.Harness;

/// <summary>Sees when acknowledgements come, from the file that a load writes them to.</summary>
internal sealed class AckWatch : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private readonly string _path;
    private readonly Lock _lock = new();
    private readonly List<long> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public AckWatch(string path)
    {
        _path = path;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Waits for an acknowledgement after a moment.</summary>
    public async Task WaitForOneAfterAsync(long moment)
    {
        while (!HasOneAfter(moment))
        {
            await Task.Delay(Look, _stop.Token);
        }
    }

    /// <summary>The longest time without an acknowledgement that is not over at one moment and has begun at another.</summary>
    public TimeSpan LongestPause(long from, long to)
    {
        lock (_lock)
        {
            return _seen.Append(to).Zip(_seen.Skip(1).Append(to))
                .Where(pair => pair.First < to && pair.Second > from)
                .Select(pair => Stopwatch.GetElapsedTime(pair.First, pair.Second))
                .DefaultIfEmpty()
                .Max();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private bool HasOneAfter(long moment)
    {
        lock (_lock)
        {
            return _seen.Count > 0 && _seen[^1] > moment;
        }
    }

    private async Task WatchAsync()
    {
        long length = 0;
        while (!_stop.IsCancellationRequested)
        {
            var now = File.Exists(_path) ? new FileInfo(_path).Length : 0;
            if (now > length)
            {
                length = now;
                lock (_lock)
                {
                    _seen.Add(Stopwatch.GetTimestamp());
                }
            }

            await Task.Delay(Look);
        }
    }
}
