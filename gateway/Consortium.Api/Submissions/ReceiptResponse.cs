namespace Consortium.Api;

/// <summary>What became of one transaction.</summary>
/// <param name="TransactionId"><c>tx1…</c>; left out when the bytes were no transaction.</param>
/// <param name="Outcome">Accepted, rejected or refused.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Rejections">All rules that it broke; left out unless rejected.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="TimeMs">Batch time, UTC milliseconds.</param>
/// <param name="Height">The block it stands in, once that is known.</param>
/// <param name="Moment">How far it has come.</param>
/// <param name="Duplicate">It was ordered before; this is its first receipt.</param>
public sealed record ReceiptResponse(
    string? TransactionId,
    ReceiptOutcome Outcome,
    RefusalResponse? Refusal = null,
    IReadOnlyList<RejectionResponse>? Rejections = null,
    ulong? Position = null,
    uint? Index = null,
    ulong? TimeMs = null,
    ulong? Height = null,
    LedgerMoment? Moment = null,
    bool Duplicate = false);
