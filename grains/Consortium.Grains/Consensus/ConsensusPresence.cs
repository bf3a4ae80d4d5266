using Consortium.Consensus.Ports;

namespace Consortium.Grains.Consensus;

/// <summary>What orders on this silo, and when it may begin again after another activation took that from it.</summary>
/// <param name="timeProvider">The only clock.</param>
/// <param name="leaving">Is cancelled when this silo begins to leave.</param>
public sealed class ConsensusPresence(TimeProvider timeProvider, CancellationToken leaving)
{
    // Two halves of a divided cluster that both reach storage would otherwise take ordering from each other again and again.
    private static readonly TimeSpan PauseAfterConflict = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _conflictAt;
    private volatile OrderingActivation? _current;

    /// <summary>Whether an activation on this silo orders.</summary>
    public bool IsOrdering => _current is not null;

    /// <summary>The activation that orders on this silo, or <see langword="null"/> when none does: then the consensus grain is called.</summary>
    /// <remarks>Another silo may have taken ordering from it and it not know yet. The journal then refuses what it appends, as it refuses a late call's.</remarks>
    public OrderingActivation? Current => _current;

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
    /// <param name="activation">The activation.</param>
    public void Began(OrderingActivation activation) => _current = activation;

    /// <summary>Notes that it no longer does; one that began after it goes on.</summary>
    /// <param name="activation">The activation.</param>
    public void Ended(OrderingActivation activation) => Interlocked.CompareExchange(ref _current, null, activation);

    /// <summary>Notes a <see cref="JournalConflictException"/>.</summary>
    public void Conflicted()
    {
        lock (_lock)
        {
            _conflictAt = timeProvider.GetTimestamp();
        }
    }
}
