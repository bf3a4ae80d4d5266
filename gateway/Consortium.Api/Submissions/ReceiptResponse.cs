using System.Text.Json.Serialization;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Google.Protobuf;

namespace Consortium.Api;

/// <summary>The receipt of one submitted transaction: its outcome and, when ordered, its place.</summary>
/// <param name="TransactionId"><c>tx1…</c>; null when the bytes were no transaction.</param>
/// <param name="Outcome">Accepted, rejected or refused.</param>
/// <param name="Refusal">The refusal, when the outcome is <c>refused</c>.</param>
/// <param name="Rejections">All rules that the transaction broke; left out unless rejected.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="TimeMs">Batch time, UTC milliseconds.</param>
/// <param name="Height">Height of the block that holds the transaction, once that is known.</param>
/// <param name="Finality">The finality level that the transaction has reached.</param>
/// <param name="Duplicate">Whether the transaction was ordered before; this is then its first receipt.</param>
public sealed record ReceiptResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? TransactionId,
    ReceiptOutcome Outcome,
    RefusalResponse? Refusal = null,
    IReadOnlyList<RejectionResponse>? Rejections = null,
    ulong? Position = null,
    uint? Index = null,
    ulong? TimeMs = null,
    ulong? Height = null,
    FinalityLevel? Finality = null,
    bool Duplicate = false)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static ReceiptResponse FromWire(Wire.SubmissionReceipt wire)
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
            Finality: wire.Finality == Wire.FinalityLevel.None ? null : (FinalityLevel)wire.Finality,
            Duplicate: wire.Duplicate);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.SubmissionReceipt ToWire() => new()
    {
        TransactionId = Ledger.Ids.TransactionId.TryParse(TransactionId, out var id)
            ? UnsafeByteOperations.UnsafeWrap(id.Digest.ToArray())
            : ByteString.Empty,
        Refusal = (uint)(Refusal?.Code ?? 0),
        Detail = Refusal?.Detail ?? string.Empty,
        Position = Position ?? 0,
        Index = Index ?? 0,
        TimeMs = TimeMs ?? 0,
        Height = Height ?? 0,
        Finality = Finality is { } finality ? (Wire.FinalityLevel)finality : Wire.FinalityLevel.None,
        Duplicate = Duplicate,
        Rejections = { (Rejections ?? []).Select(rejection => rejection.ToWire()) },
    };
}
