namespace Consortium.Simulation.Engine;

/// <summary>A process's clock: virtual time, seen through a wall clock that may be wrong.</summary>
/// <remarks>A jump moves the wall clock only. Drift moves the wall clock, timestamps and timers started from then on.</remarks>
internal sealed class SimulatedClock(VirtualTime time, SimulatedProcess process, DateTimeOffset epoch) : TimeProvider
{
    private const long Million = 1_000_000;

    private long _offsetTicks;
    private long _driftPerMillion;
    private long _baseTicks;
    private long _baseLocalTicks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many ticks in a million the clock goes too fast; negative is too slow.</summary>
    public int DriftPerMillion
    {
        get => (int)_driftPerMillion;
        set
        {
            (_baseLocalTicks, _baseTicks) = (LocalTicks, time.NowTicks);
            _driftPerMillion = value;
        }
    }

    /// <summary>How far the wall clock is off, apart from drift.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(_offsetTicks);

    private long LocalTicks
    {
        get
        {
            var passed = time.NowTicks - _baseTicks;
            return _baseLocalTicks + (_driftPerMillion == 0 ? passed : Scale(passed, Million + _driftPerMillion, Million));
        }
    }

    /// <summary>Moves the wall clock.</summary>
    public void Jump(TimeSpan by) => _offsetTicks += by.Ticks;

    public override DateTimeOffset GetUtcNow() => epoch.AddTicks(LocalTicks + _offsetTicks);

    public override long GetTimestamp() => LocalTicks;

    /// <summary>How long this clock's duration takes in virtual time.</summary>
    public long ToVirtualTicks(long localTicks) =>
        _driftPerMillion == 0 ? localTicks : Scale(localTicks, Million, Million + _driftPerMillion);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(time, process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private static long Scale(long ticks, long by, long of) => (long)((Int128)ticks * by / of);
}
