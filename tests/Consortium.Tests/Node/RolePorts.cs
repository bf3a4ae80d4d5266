using Consortium.Consensus.Ports;

namespace Consortium.Tests.Node;

/// <summary>Storage and miners that a <see cref="RoleHarness"/> stands on.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Snapshots">The snapshots.</param>
/// <param name="Index">The ledger index.</param>
/// <param name="Miners">One per member that seals here.</param>
public sealed record RolePorts(
    IJournal Journal,
    ISnapshotStore Snapshots,
    ILedgerIndex Index,
    IReadOnlyList<IMiner> Miners);
