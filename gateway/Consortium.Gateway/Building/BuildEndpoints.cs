using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Building;

/// <summary><c>POST /v1/transactions/build</c>.</summary>
internal static class BuildEndpoints
{
    private const ulong ValidForSecondsDefault = 600;
    private const int SaltBytesDefault = 16;

    public static void MapBuilding(this IEndpointRouteBuilder routes) => routes
        .MapPost(Routes.Build, PostAsync)
        .WithName("BuildTransaction")
        .WithTags("Transactions")
        .WithSummary("Turn JSON into the payload bytes to sign")
        .WithDescription(
            "So that any language can be a client: sign the payload (ECDSA, P-256, SHA-256; fixed-size r then s, low s), or its digest, and "
            + "submit payload and signatures. Nothing is kept. The fields of each kind are listed at the top of this document.")
        .Accepts<BuildRequest>(MediaTypes.Json)
        .ProducesRefusals(400, 413, 415, 429, 503);

    private static async Task<Ok<BuildResponse>> PostAsync(HttpRequest request, NodeSource nodes, TimeProvider timeProvider)
    {
        var node = nodes.Serving;
        var json = await JsonBody.ReadAsync<BuildRequest>(request);
        var fault = TransactionJson.TryRead(json.Kind ?? string.Empty, json.Body, out var body);
        if (fault is not null || body is null)
        {
            throw new RefusalException(Refusal.Malformed, $"{fault}.");
        }

        var validUntilMs = ReadValidUntil(json, node.Genesis.ValidityMaxMs, timeProvider);
        var payload = TransactionCodec.EncodePayload(node.Genesis.Network, validUntilMs, ReadSalt(json), body);
        if (TransactionCodec.TryDecodeUnsigned(payload, node.Genesis.Network, [], out _) is { } refused)
        {
            throw new RefusalException(refused);
        }

        var transaction = Derive.Transaction(payload);
        return TypedResults.Ok(new BuildResponse(
            Convert.ToBase64String(payload),
            transaction.Digest.ToString(),
            transaction.ToString(),
            validUntilMs,
            (body as OpenAccount)?.AccountId.ToString(),
            (body as RegisterAsset)?.AssetId.ToString()));
    }

    private static ulong ReadValidUntil(BuildRequest json, ulong validityMaxMs, TimeProvider timeProvider)
    {
        if (json is { ValidForSeconds: not null, ValidUntilMs: not null })
        {
            throw new RefusalException(Refusal.Malformed, "Give validForSeconds or validUntilMs, not both.");
        }

        if (json.ValidUntilMs is { } validUntilMs)
        {
            return validUntilMs;
        }

        var seconds = json.ValidForSeconds ?? Math.Min(ValidForSecondsDefault, validityMaxMs / 1000);
        return seconds > validityMaxMs / 1000
            ? throw new RefusalException(Refusal.Malformed, $"validForSeconds must be at most {validityMaxMs / 1000}; it is {seconds}.")
            : (ulong)timeProvider.GetUtcNow().ToUnixTimeMilliseconds() + (seconds * 1000);
    }

    private static byte[] ReadSalt(BuildRequest json)
    {
        if (json.Salt is null)
        {
            return RandomNumberGenerator.GetBytes(SaltBytesDefault);
        }

        return HexText.TryRead(json.Salt, out var salt) && salt.Length <= LedgerLimits.SaltBytesMax
            ? salt
            : throw new RefusalException(Refusal.Malformed, $"salt must be at most {LedgerLimits.SaltBytesMax} bytes as hexadecimal digits.");
    }
}
