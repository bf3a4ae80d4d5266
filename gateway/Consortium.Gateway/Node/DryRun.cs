using Consortium.Ledger.Execution;

namespace Consortium.Gateway.Node;

/// <summary>The result of executing a transaction against the present state without recording it.</summary>
/// <param name="TimeMs">The batch time it was executed at.</param>
/// <param name="Rejections">The rules that the transaction would break; none when it would be accepted.</param>
/// <param name="Changes">The values that it would change; none when it would be rejected.</param>
public sealed record DryRun(
    ulong TimeMs,
    IReadOnlyList<RejectionDetail> Rejections,
    IReadOnlyList<StateChange> Changes);
