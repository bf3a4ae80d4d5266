using Google.Protobuf;

namespace Consortium.Api;

/// <summary>A payload that is ready to be signed.</summary>
/// <param name="Payload">The bytes to sign, base64.</param>
/// <param name="Digest">SHA-256 of the payload's bytes, hexadecimal, for signers that take a digest.</param>
/// <param name="TransactionId">The id it will have.</param>
/// <param name="ValidUntilMs">End of the transaction's validity, UTC milliseconds.</param>
/// <param name="AccountId">The account that it opens.</param>
/// <param name="AssetId">The asset that it registers.</param>
public sealed record BuildResponse(
    string Payload,
    string Digest,
    string TransactionId,
    ulong ValidUntilMs,
    string? AccountId = null,
    string? AssetId = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BuildResponse FromWire(Wire.Built wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BuildResponse(
            wire.Payload.ToBase64(),
            wire.Digest,
            wire.TransactionId,
            wire.ValidUntilMs,
            wire.HasAccountId ? wire.AccountId : null,
            wire.HasAssetId ? wire.AssetId : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Built ToWire()
    {
        var wire = new Wire.Built
        {
            Payload = ByteString.FromBase64(Payload),
            Digest = Digest,
            TransactionId = TransactionId,
            ValidUntilMs = ValidUntilMs,
        };
        if (AccountId is not null)
        {
            wire.AccountId = AccountId;
        }

        if (AssetId is not null)
        {
            wire.AssetId = AssetId;
        }

        return wire;
    }
}
