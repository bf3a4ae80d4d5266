namespace Consortium.Simulation.Engine;

/// <summary>Posts a callback to its process at a moment of virtual time, once per start.</summary>
internal sealed class VirtualTimer(VirtualTime time, SimulatedProcess process, SendOrPostCallback callback, object? state)
{
    public SimulatedProcess Process { get; } = process;

    /// <summary>The place in the timer queue, which keeps it; -1 when not started.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Starts the timer, or starts it again.</summary>
    public void Start(long delayTicks) => time.StartTimer(this, delayTicks);

    public void Stop() => time.StopTimer(this);

    public ReadyItem Due() => new(Process, callback, state);
}
