namespace Consortium.Simulation.Faults;

/// <summary>What a run does to the ledger, as it is counted.</summary>
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
