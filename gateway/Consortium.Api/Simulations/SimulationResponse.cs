namespace Consortium.Api;

/// <summary>What would become of a transaction now.</summary>
/// <param name="TransactionId">The transaction.</param>
/// <param name="Outcome">Accepted or rejected.</param>
/// <param name="TimeMs">The batch time it was executed at.</param>
/// <param name="Rejections">All rules that it would break.</param>
/// <param name="Changes">What it would change.</param>
public sealed record SimulationResponse(
    string TransactionId,
    ReceiptOutcome Outcome,
    ulong TimeMs,
    IReadOnlyList<RejectionResponse> Rejections,
    IReadOnlyList<StateChangeResponse> Changes);
