namespace Consortium.Simulation.Engine;

/// <summary>A timer for <see cref="TimeProvider"/>: its callback runs in the process whose clock made it.</summary>
internal sealed class ClockTimer : ITimer
{
    private readonly SimulatedClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly VirtualTimer _timer;
    private TimeSpan _period;
    private bool _isStarted;
    private bool _isDisposed;

    public ClockTimer(VirtualTime time, SimulatedProcess process, TimerCallback callback, object? state)
    {
        _clock = process.Clock;
        _callback = callback;
        _state = state;
        _timer = new VirtualTimer(time, process, static timer => ((ClockTimer)timer!).Fire(), this);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
        {
            return false;
        }

        _period = period;
        _isStarted = dueTime != Timeout.InfiniteTimeSpan;
        if (_isStarted)
        {
            _timer.Start(_clock.ToVirtualTicks(dueTime.Ticks));
        }
        else
        {
            _timer.Stop();
        }

        return true;
    }

    public void Dispose()
    {
        (_isDisposed, _isStarted) = (true, false);
        _timer.Stop();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire()
    {
        // Stopped, or started anew, between falling due and running here.
        if (!_isStarted || _timer.Place >= 0)
        {
            return;
        }

        if (_period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero)
        {
            _isStarted = false;
        }
        else
        {
            _timer.Start(_clock.ToVirtualTicks(_period.Ticks));
        }

        _callback(_state);
    }
}
