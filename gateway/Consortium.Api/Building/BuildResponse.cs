namespace Consortium.Api;

/// <summary>A payload that is ready to be signed.</summary>
/// <param name="Payload">The bytes to sign, base64.</param>
/// <param name="Digest">SHA-256 of those bytes, hexadecimal: what a signer that takes digests is given.</param>
/// <param name="TransactionId">The id it will have.</param>
/// <param name="ValidUntilMs">Until when it may be ordered.</param>
/// <param name="AccountId">The account that it opens.</param>
/// <param name="AssetId">The asset that it registers.</param>
public sealed record BuildResponse(
    string Payload,
    string Digest,
    string TransactionId,
    ulong ValidUntilMs,
    string? AccountId = null,
    string? AssetId = null);
