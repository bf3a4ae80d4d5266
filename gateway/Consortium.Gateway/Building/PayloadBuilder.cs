using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Building;

/// <summary>Turns the fields of a transaction into payload bytes to sign.</summary>
internal sealed class PayloadBuilder(NodeSource nodes, TimeProvider timeProvider)
{
    private const ulong ValidForSecondsDefault = 600;
    private const int SaltBytesDefault = 16;

    public BuildResponse Build(BuildRequest request)
    {
        var node = nodes.Serving;
        var fault = TransactionJson.TryRead(request.Kind ?? string.Empty, request.Body, out var body);
        if (fault is not null || body is null)
        {
            throw new RefusalException(Refusal.Malformed, $"{fault}.");
        }

        var validUntilMs = ReadValidUntil(request, node.Genesis.ValidityMaxMs);
        var payload = TransactionCodec.EncodePayload(node.Genesis.Network, validUntilMs, ReadSalt(request), body);
        if (TransactionCodec.TryDecodeUnsigned(payload, node.Genesis.Network, [], out _) is { } refused)
        {
            throw new RefusalException(refused);
        }

        var transaction = Derive.Transaction(payload);
        return new BuildResponse(
            Convert.ToBase64String(payload),
            transaction.Digest.ToString(),
            transaction.ToString(),
            validUntilMs,
            (body as OpenAccount)?.AccountId.ToString(),
            (body as RegisterAsset)?.AssetId.ToString());
    }

    private ulong ReadValidUntil(BuildRequest request, ulong validityMaxMs)
    {
        if (request is { ValidForSeconds: not null, ValidUntilMs: not null })
        {
            throw new RefusalException(Refusal.Malformed, "Give validForSeconds or validUntilMs, not both.");
        }

        if (request.ValidUntilMs is { } validUntilMs)
        {
            return validUntilMs;
        }

        var seconds = request.ValidForSeconds ?? Math.Min(ValidForSecondsDefault, validityMaxMs / 1000);
        return seconds > validityMaxMs / 1000
            ? throw new RefusalException(Refusal.Malformed, $"validForSeconds must be at most {validityMaxMs / 1000}; it is {seconds}.")
            : (ulong)timeProvider.GetUtcNow().ToUnixTimeMilliseconds() + (seconds * 1000);
    }

    private static byte[] ReadSalt(BuildRequest request)
    {
        if (request.Salt is null)
        {
            return RandomNumberGenerator.GetBytes(SaltBytesDefault);
        }

        return HexText.TryRead(request.Salt, out var salt) && salt.Length <= LedgerLimits.SaltBytesMax
            ? salt
            : throw new RefusalException(Refusal.Malformed, $"salt must be at most {LedgerLimits.SaltBytesMax} bytes as hexadecimal digits.");
    }
}
