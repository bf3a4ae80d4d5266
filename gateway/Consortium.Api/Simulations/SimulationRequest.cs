namespace Consortium.Api;

/// <summary>Body of <c>POST /v1/simulate</c>.</summary>
/// <param name="Payload">The payload's bytes, base64.</param>
/// <param name="Signers">Public keys to be taken as having signed.</param>
/// <param name="Signatures">Instead of <paramref name="Signers"/>: signatures, which are checked.</param>
public sealed record SimulationRequest(
    string Payload,
    IReadOnlyList<string>? Signers = null,
    IReadOnlyList<SignatureJson>? Signatures = null);
