using Consortium.Api;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Submissions;

/// <summary>The results of a request's transactions, with the finality that they have reached.</summary>
/// <param name="Results">One per transaction, in the order sent.</param>
/// <param name="Receipts">Writes them as they stand.</param>
/// <param name="TimedOut">Set when the finality level waited for was not reached in time.</param>
internal sealed record SubmissionAnswer(IReadOnlyList<SubmissionResult> Results, ReceiptWriter Receipts, Refused? TimedOut)
{
    public SubmissionResponse ToResponse() => new(
        [.. Results.Select(Receipts.Write)],
        TimedOut is null ? null : RefusalResponse.From(TimedOut));

    public ApiWire.SubmissionReceipts ToWire() => new()
    {
        Receipts = { Results.Select(Receipts.WriteWire) },
        Refusal = (uint)(TimedOut?.Code ?? Refusal.None),
    };
}
