using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client;

/// <summary>Reads the compact receipts of a submission.</summary>
public static class Receipts
{
    /// <summary>Reads a receipt.</summary>
    /// <param name="wire">The receipt as it travels.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static ReceiptResponse From(ApiWire.SubmissionReceipt wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        var id = wire.TransactionId.Length == Digest.Size
            ? new TransactionId(Digest.FromBytes(wire.TransactionId.Span)).ToString()
            : null;
        if (wire.Refusal != 0)
        {
            return new ReceiptResponse(
                id,
                ReceiptOutcome.Refused,
                RefusalResponse.From(new Refused((Refusal)wire.Refusal, wire.Detail)));
        }

        return new ReceiptResponse(
            id,
            wire.Rejections.Count == 0 ? ReceiptOutcome.Accepted : ReceiptOutcome.Rejected,
            Rejections: wire.Rejections.Count == 0 ? null : [.. wire.Rejections.Select(RejectionResponse.From)],
            Position: wire.Position,
            Index: wire.Index,
            TimeMs: wire.TimeMs,
            Height: wire.Height == 0 ? null : wire.Height,
            Moment: wire.Moment == ApiWire.LedgerMoment.None ? null : (LedgerMoment)wire.Moment,
            Duplicate: wire.Duplicate);
    }

    internal static RefusedException WaitTimedOut(ReceiptResponse? receipt, LedgerMoment wait, TimeSpan timeout) => new(
        Refusal.WaitTimedOut,
        $"Transaction {receipt?.TransactionId} was ordered but not {EnumText.Write(wait)} within {timeout.TotalSeconds:0} s; it has come as far as {receipt?.Moment?.ToString().ToLowerInvariant() ?? "ordered"}.",
        ErrorCatalogue.Find(Refusal.WaitTimedOut).Action,
        retryable: true,
        retryAfter: null);
}
