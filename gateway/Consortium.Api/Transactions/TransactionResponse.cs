using System.Text.Json.Nodes;

namespace Consortium.Api;

/// <summary>A transaction with its receipt.</summary>
/// <param name="Receipt">What became of it.</param>
/// <param name="Kind">For example <c>deal</c>.</param>
/// <param name="ValidUntilMs">Until when it might have been ordered.</param>
/// <param name="Body">The kind's fields, see <see cref="TransactionJson"/>.</param>
/// <param name="Signers">The keys that signed.</param>
/// <param name="SignedTransaction">The encoded signed transaction as it came, base64.</param>
public sealed record TransactionResponse(
    ReceiptResponse Receipt,
    string Kind,
    ulong ValidUntilMs,
    JsonObject Body,
    IReadOnlyList<string> Signers,
    string SignedTransaction);
