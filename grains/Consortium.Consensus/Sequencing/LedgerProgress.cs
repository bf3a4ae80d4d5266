namespace Consortium.Consensus.Sequencing;

/// <summary>Holds the latest <see cref="LedgerHead"/>, and lets callers wait for a later one.</summary>
/// <remarks>Written by the sequencer, read and awaited from anywhere.</remarks>
public sealed class LedgerProgress
{
    private readonly Lock _lock = new();
    private readonly Pulse _changed = new();
    private LedgerHead _now = new(0, 0, 0, 0, 0, 0);

    /// <summary>The latest head.</summary>
    public LedgerHead Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>Waits until something has become true.</summary>
    /// <param name="condition">Looks at the progress; quick and without effects.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The progress that satisfied the condition.</returns>
    /// <exception cref="OperationCanceledException">Waiting was stopped.</exception>
    public async Task<LedgerHead> WaitAsync(Func<LedgerHead, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition(_now))
                {
                    return _now;
                }

                changed = _changed.NextAsync(cancellationToken);
            }

            await changed;
        }
    }

    /// <summary>Records progress.</summary>
    /// <param name="advance">Makes the new progress from the present one.</param>
    public void Advance(Func<LedgerHead, LedgerHead> advance)
    {
        lock (_lock)
        {
            _now = advance(_now);
        }

        _changed.Fire();
    }
}
