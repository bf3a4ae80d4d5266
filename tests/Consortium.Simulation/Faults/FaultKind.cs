namespace Consortium.Simulation.Faults;

/// <summary>The kinds of fault that a run injects, as they are counted.</summary>
internal enum FaultKind
{
    MessageDelayed,
    MessageLost,
    MessageDuplicated,
    Partition,
    SiloStopped,
    SiloKilled,
    ConsensusMoved,
    AppendFailed,
    AppendUnknownWritten,
    AppendUnknownNotWritten,
    AppendLate,
    TornTail,
    DamagedEntry,
    StorageSlow,
    StorageFull,
    SnapshotMissing,
    SnapshotStale,
    SnapshotDamaged,
    IndexFailed,
    IndexLost,
    ClockJumped,
    ClockDrift,
    MinerSilent,
    MinerLate,
    MinerWrong,
    GatewayRetried,
    ReadFailed,
    SnapshotFailed,
}
