using Consortium.Consensus.Ports;

namespace Consortium.Grains.Consensus;

/// <summary>Whether this silo orders, and when it may begin again after another activation took that from it.</summary>
/// <param name="timeProvider">The only clock.</param>
/// <param name="leaving">Is cancelled when this silo begins to leave.</param>
public sealed class ConsensusPresence(TimeProvider timeProvider, CancellationToken leaving)
{
    // Two halves of a divided cluster that both reach storage would otherwise take ordering from each other again and again.
    private static readonly TimeSpan PauseAfterConflict = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _conflictAt;
    private int _ordering;

    /// <summary>Whether an activation on this silo orders.</summary>
    public bool IsOrdering => Volatile.Read(ref _ordering) > 0;

    /// <summary>Is cancelled when this silo begins to leave: calls that wait for news then end, since ordering can move only after them.</summary>
    public CancellationToken Leaving => leaving;

    /// <summary>How long ordering must wait on this silo.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_lock)
            {
                var left = _conflictAt is { } at ? PauseAfterConflict - timeProvider.GetElapsedTime(at) : TimeSpan.Zero;
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Notes that an activation on this silo orders from now on.</summary>
    public void Began() => Interlocked.Increment(ref _ordering);

    /// <summary>Notes that it no longer does.</summary>
    public void Ended() => Interlocked.Decrement(ref _ordering);

    /// <summary>Notes a <see cref="JournalConflictException"/>.</summary>
    public void Conflicted()
    {
        lock (_lock)
        {
            _conflictAt = timeProvider.GetTimestamp();
        }
    }
}
