using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Storage;

/// <summary>One process's access to storage: the time that calls take, those that fail, and the writes that a kill interrupts.</summary>
internal sealed class SimulatedDisk
{
    private readonly SimulatedProcess _owner;
    private readonly FaultCounts _counts;
    private readonly EventLog? _log;
    private readonly List<DiskWrite> _writes = [];

    /// <summary>A disk without writes under way.</summary>
    /// <param name="time">The run.</param>
    /// <param name="owner">The process whose calls these are; the calls end with it.</param>
    /// <param name="faults">May be shared by many.</param>
    /// <param name="random">Draws faults and times; a stream of its own.</param>
    /// <param name="counts">Counts injected faults.</param>
    /// <param name="log">The history, where there is one.</param>
    public SimulatedDisk(
        VirtualTime time,
        SimulatedProcess owner,
        StorageFaults faults,
        SeededRandom random,
        FaultCounts counts,
        EventLog? log)
    {
        _owner = owner;
        _counts = counts;
        _log = log;
        Time = time;
        Faults = faults;
        Random = random;
        owner.Killed += EndWrites;
    }

    public VirtualTime Time { get; }

    public StorageFaults Faults { get; }

    public SeededRandom Random { get; }

    /// <summary>Waits as long as a call takes.</summary>
    public Task DelayAsync(CancellationToken cancellationToken)
    {
        var delay = Random.Next(Faults.LatencyMin, Faults.LatencyMax);
        if (Happens(FaultKind.StorageSlow, Faults.SlowPerMillion))
        {
            delay += Random.Next(Faults.SlowMin, Faults.SlowMax);
        }

        return _owner.SleepAsync(delay, cancellationToken);
    }

    /// <summary>Waits as long as a caller waits for an answer that does not come.</summary>
    public Task DelayUntilTimeoutAsync() => _owner.SleepAsync(Faults.AnswerTimeout, CancellationToken.None);

    /// <summary>Draws whether a fault happens now; if so, it is counted and logged as an event.</summary>
    public bool Happens(FaultKind kind, int perMillion)
    {
        if (!Random.Happens(perMillion))
        {
            return false;
        }

        Count(kind);
        return true;
    }

    public void Count(FaultKind kind)
    {
        _counts.Add(kind);
        _log?.Append(EventKind.StorageFault, _owner.Name, kind.ToString());
    }

    public void Note(EventKind kind, string text, params ReadOnlySpan<ulong> values) =>
        _log?.Append(kind, _owner.Name, text, values);

    /// <summary>Begins a write: its fate is decided by its own method, or by the seed when the process is killed.</summary>
    public DiskWrite Begin(Action effect, Action? tear)
    {
        _writes.RemoveAll(static write => write.IsOver);
        var write = new DiskWrite(effect, tear);
        _writes.Add(write);
        return write;
    }

    /// <summary>Carries out a write within the time of a call; when the caller stops waiting, the seed decides whether it happens.</summary>
    public async Task WriteAsync(DiskWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await DelayAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            EndByChance(write);
            throw;
        }

        write.Do();
        await DelayAsync(CancellationToken.None);
    }

    private void EndByChance(DiskWrite write)
    {
        if (Random.Next(2) == 0)
        {
            write.Do();
        }
        else
        {
            write.Drop();
        }
    }

    private void EndWrites()
    {
        foreach (var write in _writes)
        {
            if (write.IsOver)
            {
                continue;
            }

            if (Random.Happens(Faults.TornTailPerMillion))
            {
                write.Tear();
            }
            else
            {
                EndByChance(write);
            }
        }
    }
}
