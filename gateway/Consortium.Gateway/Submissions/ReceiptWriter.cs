using Consortium.Api;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Node;
using Google.Protobuf;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Submissions;

/// <summary>Writes receipts as they stand when they are asked for.</summary>
internal sealed class ReceiptWriter
{
    private readonly LedgerHead _now;
    private readonly Dictionary<ulong, ulong> _heights = [];

    private ReceiptWriter(LedgerHead now) => _now = now;

    /// <summary>Looks up the blocks that batches stand in, where they are sealed.</summary>
    public static async ValueTask<ReceiptWriter> MakeAsync(
        ILedgerNode node,
        IEnumerable<ulong> positions,
        CancellationToken cancellationToken)
    {
        var writer = new ReceiptWriter(node.Progress.Now);
        foreach (var position in positions)
        {
            if (position > 0 && position <= writer._now.SealedPosition && !writer._heights.ContainsKey(position))
            {
                // The index comes a little after the seal.
                await node.ReadBlockHeaderAsync(writer._now.SealedHeight, cancellationToken);
                var block = await node.Index.FindBlockOfBatchAsync(position, cancellationToken);
                writer._heights[position] = block?.Seal.Header.Height ?? 0;
            }
        }

        return writer;
    }

    public ReceiptResponse Write(RecordedReceipt recorded, bool isDuplicate)
    {
        var receipt = recorded.Receipt;
        var rejections = receipt.Outcome?.Rejections;
        var isRejected = rejections is { Count: > 0 };
        var height = _heights.GetValueOrDefault(recorded.Position);
        return new ReceiptResponse(
            recorded.Id.ToString(),
            isRejected ? ReceiptOutcome.Rejected : ReceiptOutcome.Accepted,
            Refusal: null,
            isRejected ? [.. rejections!.Select(RejectionResponse.From)] : null,
            recorded.Position,
            (uint)recorded.Index,
            receipt.TimeMs,
            height == 0 ? null : height,
            FinalityOf(recorded.Position),
            isDuplicate);
    }

    public ReceiptResponse Write(SubmissionResult result) => result switch
    {
        { Recorded: { } recorded } => Write(recorded, result.IsDuplicate),
        { Refused: { } refused } => new ReceiptResponse(result.Id?.ToString(), ReceiptOutcome.Refused, RefusalResponse.From(refused)),
        _ => throw new InvalidOperationException("A result was recorded or has a refusal."),
    };

    public ApiWire.SubmissionReceipt WriteWire(SubmissionResult result)
    {
        if (result.Recorded is not { } recorded)
        {
            return new ApiWire.SubmissionReceipt
            {
                TransactionId = result.Id is { } id ? UnsafeByteOperations.UnsafeWrap(id.Digest.ToArray()) : ByteString.Empty,
                Refusal = (uint)(result.Refused?.Code ?? Ledger.Refusal.Internal),
                Detail = result.Refused?.Detail ?? string.Empty,
            };
        }

        var receipt = recorded.Receipt;
        var message = new ApiWire.SubmissionReceipt
        {
            TransactionId = receipt.TransactionId,
            Position = recorded.Position,
            Index = (uint)recorded.Index,
            TimeMs = receipt.TimeMs,
            Height = _heights.GetValueOrDefault(recorded.Position),
            Finality = (ApiWire.FinalityLevel)FinalityOf(recorded.Position),
            Duplicate = result.IsDuplicate,
        };
        if (receipt.Outcome is { Rejections.Count: > 0 } outcome)
        {
            message.Rejections.AddRange(outcome.Rejections);
        }

        return message;
    }

    private FinalityLevel FinalityOf(ulong position) =>
        position <= _now.FinalPosition ? FinalityLevel.Final
        : position <= _now.SealedPosition ? FinalityLevel.Sealed
        : FinalityLevel.Ordered;
}
