using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Storage;

/// <summary>One process's way to storage: how long calls take, which fail, and what a kill leaves of the writes under way.</summary>
internal sealed class SimulatedDisk
{
    private readonly SimulatedProcess _owner;
    private readonly FaultCounts _counts;
    private readonly EventLog? _log;
    private readonly List<DiskWrite> _writes = [];

    /// <summary>A disk without writes under way.</summary>
    /// <param name="time">The run.</param>
    /// <param name="owner">Whose calls these are; with it they end.</param>
    /// <param name="faults">May be shared by many.</param>
    /// <param name="random">Decides; a stream of its own.</param>
    /// <param name="counts">Counts what was injected.</param>
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

    /// <summary>Takes as long as a call takes.</summary>
    public Task DelayAsync(CancellationToken cancellationToken)
    {
        var delay = Random.Next(Faults.LatencyMin, Faults.LatencyMax);
        if (Happens(FaultKind.StorageSlow, Faults.SlowPerMillion))
        {
            delay += Random.Next(Faults.SlowMin, Faults.SlowMax);
        }

        return _owner.SleepAsync(delay, cancellationToken);
    }

    /// <summary>Takes as long as a caller waits for an answer that does not come.</summary>
    public Task DelayUntilTimeoutAsync() => _owner.SleepAsync(Faults.AnswerTimeout, CancellationToken.None);

    /// <summary>Whether a fault happens now; if so it is counted and part of the history.</summary>
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

    /// <summary>Writes within the time a call takes; when the caller stops waiting, the seed decides whether it happens.</summary>
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
