using Consortium.Ledger.Execution;

namespace Consortium.Gateway.Node;

/// <summary>What would become of a transaction now.</summary>
/// <param name="TimeMs">The batch time it was executed at.</param>
/// <param name="Rejections">The rules it would break; none when it would happen.</param>
/// <param name="Changes">What it would change; none when it would be rejected.</param>
public sealed record DryRun(
    ulong TimeMs,
    IReadOnlyList<RejectionDetail> Rejections,
    IReadOnlyList<StateChange> Changes);
