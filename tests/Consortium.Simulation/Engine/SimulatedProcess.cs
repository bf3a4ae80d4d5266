namespace Consortium.Simulation.Engine;

/// <summary>One process of the simulation: a silo, a gateway, a client. What it awaits continues in it, and it can be killed.</summary>
/// <remarks>
/// Lifecycle: start mains; kill. A killed process never runs again, not even its <c>finally</c> blocks: a restart is a new one
/// with the same name.
/// </remarks>
internal sealed class SimulatedProcess : SynchronizationContext
{
    private readonly VirtualTime _time;
    private readonly Action<SimulatedProcess, Exception> _failed;

    /// <summary>A process that runs nothing yet.</summary>
    /// <param name="time">The run.</param>
    /// <param name="name">The name of the process in the network and in the history.</param>
    /// <param name="epoch">The time of the process's clock when the run starts.</param>
    /// <param name="failed">Called with exceptions that nothing in the process caught.</param>
    public SimulatedProcess(VirtualTime time, string name, DateTimeOffset epoch, Action<SimulatedProcess, Exception> failed)
    {
        _time = time;
        _failed = failed;
        Name = name;
        Clock = new SimulatedClock(time, this, epoch);
        var before = Current;
        SetSynchronizationContext(this);
        Scheduler = TaskScheduler.FromCurrentSynchronizationContext();
        SetSynchronizationContext(before);
    }

    /// <summary>Raised after the process was killed and its last callback has ended.</summary>
    public event Action? Killed;

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    public SimulatedClock Clock { get; }

    /// <summary>Runs tasks in the process, in the order they were queued.</summary>
    public TaskScheduler Scheduler { get; }

    /// <summary>Starts a task in the process.</summary>
    public void Start(Func<Task> main) => Post(static state => _ = ((Main)state!).RunAsync(), new Main(this, main));

    /// <summary>Waits in virtual time, to the tick: <c>Task.Delay</c> counts whole milliseconds and does not wait for less.</summary>
    public async Task SleepAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var source = new TaskCompletionSource();
        var timer = new VirtualTimer(_time, this, static source => ((TaskCompletionSource)source!).TrySetResult(), source);
        timer.Start(duration.Ticks);
        using var registration = cancellationToken.UnsafeRegister(
            static (source, token) => ((TaskCompletionSource)source!).TrySetCanceled(token),
            source);
        try
        {
            await source.Task;
        }
        finally
        {
            timer.Stop();
        }
    }

    /// <summary>Ends the process as a power cut would: its queue and its timers are dropped.</summary>
    public void Kill()
    {
        if (!IsAlive)
        {
            return;
        }

        IsAlive = false;
        Killed?.Invoke();
    }

    public override void Post(SendOrPostCallback d, object? state) => _time.Post(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A process of the simulation does not wait for another.");

    public override SynchronizationContext CreateCopy() => this;

    public override string ToString() => Name;

    /// <summary>Runs one callback as this process.</summary>
    public void Execute(SendOrPostCallback callback, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            _failed(this, exception);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private sealed class Main(SimulatedProcess process, Func<Task> main)
    {
        public async Task RunAsync()
        {
            try
            {
                await main();
            }
            catch (Exception exception)
            {
                process._failed(process, exception);
            }
        }
    }
}
