namespace Consortium.Grains.Consensus;

/// <summary>Tells whether the sequencer runs on this silo, and how long the silo waits before it orders again after another one took over.</summary>
/// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
/// <param name="leaving">Cancelled when this silo begins to leave.</param>
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
    /// <remarks>Another silo may have taken over without this one knowing yet: the journal then refuses what this one appends.</remarks>
    public OrderingActivation? Current => _current;

    /// <summary>Cancelled when this silo begins to leave. Calls that wait for news end with it, because ordering can move only after them.</summary>
    public CancellationToken Leaving => leaving;

    /// <summary>Time for which this silo must not order yet: up to five seconds after a conflict at the journal, otherwise zero.</summary>
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

    /// <summary>Records the activation on this silo that orders from now on.</summary>
    /// <param name="activation">The activation.</param>
    public void Began(OrderingActivation activation) => _current = activation;

    /// <summary>Records that an activation has ended; one that began after it stays recorded.</summary>
    /// <param name="activation">The activation.</param>
    public void Ended(OrderingActivation activation) => Interlocked.CompareExchange(ref _current, null, activation);

    /// <summary>Records that another sequencer wrote to the journal, so that <see cref="Pause"/> begins.</summary>
    public void Conflicted()
    {
        lock (_lock)
        {
            _conflictAt = timeProvider.GetTimestamp();
        }
    }
}
