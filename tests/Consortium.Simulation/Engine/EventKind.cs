namespace Consortium.Simulation.Engine;

/// <summary>What an event of the run's history is about.</summary>
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
