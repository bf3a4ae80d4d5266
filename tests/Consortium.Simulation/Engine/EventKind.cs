namespace Consortium.Simulation.Engine;

/// <summary>The kinds of event in a run's history.</summary>
internal enum EventKind : byte
{
    Note,
    RoleLogged,
    ProcessStarted,
    ProcessStopped,
    ProcessKilled,
    ProcessFailed,
    ClockChanged,
    MessageSent,
    MessageDelivered,
    MessageAnswered,
    MessageLost,
    MessageTimedOut,
    NetworkChanged,
    EntryDurable,
    StorageFault,
    SnapshotSaved,
    SnapshotRead,
    IndexChanged,
    Observed,
}
