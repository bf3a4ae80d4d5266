using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Consortium.Api;

/// <summary>A transaction with its receipt.</summary>
/// <param name="Receipt">Place and outcome of the transaction.</param>
/// <param name="Kind">For example <c>deal</c>.</param>
/// <param name="ValidUntilMs">End of the transaction's validity, UTC milliseconds.</param>
/// <param name="Body">The kind's fields, see <see cref="TransactionJson"/>.</param>
/// <param name="Signers">The keys that signed.</param>
/// <param name="SignedTransaction">The encoded signed transaction as it came, base64.</param>
public sealed record TransactionResponse(
    ReceiptResponse Receipt,
    string Kind,
    ulong ValidUntilMs,
    JsonObject Body,
    IReadOnlyList<string> Signers,
    string SignedTransaction)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static TransactionResponse FromWire(Wire.Transaction wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new TransactionResponse(
            ReceiptResponse.FromWire(wire.Receipt ?? new()),
            wire.Kind,
            wire.ValidUntilMs,
            JsonNode.Parse(wire.Body) as JsonObject ?? [],
            [.. wire.Signers],
            wire.SignedTransaction.ToBase64());
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Transaction ToWire() => new()
    {
        Receipt = Receipt.ToWire(),
        Kind = Kind,
        ValidUntilMs = ValidUntilMs,
        Body = Body.ToJsonString(ApiJson.Options),
        Signers = { Signers },
        SignedTransaction = ByteString.FromBase64(SignedTransaction),
    };
}
