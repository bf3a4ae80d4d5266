using System.Globalization;

namespace Consortium.Simulation.Engine;

/// <summary>The scheduler of one run: everything that happens is a callback of a process, at a moment of virtual time.</summary>
/// <remarks>
/// Ready work runs first in first out; when there is none, time jumps to the next timer. Everything runs on one thread:
/// the one that made the run. Whatever another thread does to it is refused, and the run fails: the class library continues on
/// the thread pool in places where nobody asks for it (<c>CancelAsync</c>; <c>WaitAsync</c> and <c>WhenAny</c> of a completion
/// source that continues asynchronously; <c>ConfigureAwait(false)</c>), and roles must not go there.
/// </remarks>
internal sealed class VirtualTime
{
    private const int StepsPerInstantMax = 5_000_000;

    private readonly SeededRandom _random;
    private readonly ReadyQueue _ready = new();
    private readonly TimerQueue _timers = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _stepsThisInstant;
    private SimulationException? _failure;

    /// <summary>A run that has not begun.</summary>
    /// <param name="random">Draws the work that is run out of turn; a stream of its own.</param>
    public VirtualTime(SeededRandom random)
    {
        _random = random;
        World = new SimulatedProcess(
            this,
            "world",
            DateTimeOffset.UnixEpoch,
            (_, exception) => Fail("The simulated world failed: " + exception.Message, exception));
    }

    /// <summary>Since the start, in units of 100 ns.</summary>
    public long NowTicks { get; private set; }

    /// <summary>Callbacks run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Callbacks that are ready, and timers.</summary>
    public int Waiting => _ready.Count + _timers.Count;

    /// <summary>Rate at which ready work is run out of turn, so that interleavings differ between seeds.</summary>
    public int OutOfTurnPerMillion { get; set; }

    /// <summary>A process that never dies, for events outside all others, such as a late write of a disk.</summary>
    public SimulatedProcess World { get; }

    /// <summary>Runs until a condition holds or a moment is reached.</summary>
    /// <param name="until">Looked at before every callback; quick and without effects.</param>
    /// <param name="untilTicks">The last moment, inclusive; virtual time stands there when it was reached.</param>
    /// <returns>Whether the condition came to hold.</returns>
    /// <exception cref="SimulationException">The seed does not decide the run, or virtual time stands still.</exception>
    public bool Run(Func<bool> until, long untilTicks)
    {
        Own();
        while (true)
        {
            ThrowIfFailed();
            if (until())
            {
                return true;
            }

            if (_ready.Count > 0)
            {
                Step();
            }
            else if (!Advance(untilTicks))
            {
                return false;
            }
        }
    }

    /// <summary>Waits in real time for work that a role left to the thread pool, so that it is noticed; called when a run is over.</summary>
    /// <exception cref="SimulationException">Something did.</exception>
    public void LetPoolCatchUp()
    {
        using var turn = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.Set(), turn, preferLocal: false);
        turn.Wait();
        Thread.Sleep(1);
        ThrowIfFailed();
    }

    /// <summary>Queues work for a process; a dead one's is dropped.</summary>
    public void Post(SimulatedProcess process, SendOrPostCallback callback, object? state)
    {
        if (Own() && process.IsAlive)
        {
            _ready.Add(new ReadyItem(process, callback, state));
        }
    }

    /// <summary>Queues work for a process after a while.</summary>
    public void PostAfter(long delayTicks, SimulatedProcess process, SendOrPostCallback callback, object? state) =>
        StartTimer(new VirtualTimer(this, process, callback, state), delayTicks);

    public void StartTimer(VirtualTimer timer, long delayTicks)
    {
        if (Own())
        {
            _timers.Remove(timer);
            _timers.Add(timer, NowTicks + Math.Max(0, delayTicks));
        }
    }

    public void StopTimer(VirtualTimer timer)
    {
        if (Own())
        {
            _timers.Remove(timer);
        }
    }

    /// <summary>Whether the caller is on the run's thread; otherwise the run fails.</summary>
    public bool Own()
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            return true;
        }

        // Not thrown here: an exception on a pool thread would end the process before anything is reported.
        Fail(
            "A callback ran on a thread that the seed does not decide: a role used the thread pool or waited for the system's clock.\n"
                + Environment.StackTrace,
            null);
        return false;
    }

    /// <summary>Makes the run fail at its next step; the first reason counts.</summary>
    public void Fail(string reason, Exception? exception) => Interlocked.CompareExchange(
        ref _failure,
        exception is null ? new SimulationException(reason) : new SimulationException(reason, exception),
        null);

    private void Step()
    {
        var place = _ready.Count > 1 && _random.Happens(OutOfTurnPerMillion) ? _random.Next(_ready.Count) : 0;
        var item = _ready.Take(place);
        if (!item.Process.IsAlive)
        {
            return;
        }

        Steps++;
        if (++_stepsThisInstant > StepsPerInstantMax)
        {
            throw new SimulationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Time stands still at {NowTicks}: {StepsPerInstantMax} callbacks ran without any of them waiting. The last was of {item.Process.Name}."));
        }

        item.Process.Execute(item.Callback, item.State);
    }

    private bool Advance(long untilTicks)
    {
        if (_timers.Count == 0 || _timers.FirstTicks > untilTicks)
        {
            NowTicks = Math.Max(NowTicks, untilTicks);
            return false;
        }

        if (_timers.FirstTicks > NowTicks)
        {
            NowTicks = _timers.FirstTicks;
            _stepsThisInstant = 0;
        }

        while (_timers.Count > 0 && _timers.FirstTicks <= NowTicks)
        {
            var timer = _timers.TakeFirst();
            if (timer.Process.IsAlive)
            {
                _ready.Add(timer.Due());
            }
        }

        return true;
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw failure;
        }
    }
}
