using System.Text.Json.Nodes;
using Consortium.Api;

namespace Consortium.Client.Transactions;

/// <summary>A transaction file as JSON.</summary>
/// <param name="Format">Name and version of this form.</param>
/// <param name="Payload">The payload's bytes, base64.</param>
/// <param name="Signatures">Signatures over those bytes.</param>
/// <param name="Meaning">What the payload says, for people; must agree with it.</param>
internal sealed record TransactionFileJson(
    string? Format,
    string? Payload,
    IReadOnlyList<SignatureJson>? Signatures,
    JsonObject? Meaning);
