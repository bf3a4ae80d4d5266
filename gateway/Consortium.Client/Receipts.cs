using Consortium.Api;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client;

/// <summary>Reads the compact receipts of a submission.</summary>
public static class Receipts
{
    /// <summary>Reads a receipt.</summary>
    /// <param name="wire">The receipt as it travels.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static ReceiptResponse From(ApiWire.SubmissionReceipt wire) => ReceiptResponse.FromWire(wire);

    internal static RefusedException WaitTimedOut(ReceiptResponse? receipt, FinalityLevel wait, TimeSpan timeout) => new(
        Refusal.WaitTimedOut,
        $"Transaction {receipt?.TransactionId} was ordered but not {EnumText.Write(wait)} within {timeout.TotalSeconds:0} s; it has come as far as {receipt?.Finality?.ToString().ToLowerInvariant() ?? "ordered"}.",
        ErrorCatalogue.Find(Refusal.WaitTimedOut).Action,
        retryable: true,
        retryAfter: null);
}
