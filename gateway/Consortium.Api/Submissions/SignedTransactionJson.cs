using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Api;

/// <summary>A signed transaction as JSON.</summary>
/// <param name="Payload">The payload's bytes, base64.</param>
/// <param name="Signatures">Signatures over those bytes.</param>
public sealed record SignedTransactionJson(string Payload, IReadOnlyList<SignatureJson> Signatures)
{
    /// <summary>Writes a signed transaction.</summary>
    /// <param name="signedBytes">An encoded <see cref="LedgerWire.SignedTransaction"/> that was decoded before.</param>
    /// <returns>The JSON form.</returns>
    public static SignedTransactionJson FromBytes(ReadOnlySpan<byte> signedBytes)
    {
        var message = LedgerWire.SignedTransaction.Parser.ParseFrom(signedBytes);
        return new SignedTransactionJson(
            message.Payload.ToBase64(),
            [.. message.Signatures.Select(signature => new SignatureJson(
                Convert.ToHexStringLower(signature.PublicKey.Span),
                signature.Value.ToBase64()))]);
    }

    /// <summary>Puts payload and signatures together.</summary>
    /// <param name="signedBytes">Canonical bytes of <see cref="LedgerWire.SignedTransaction"/>; empty when something is wrong.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public string? TryToBytes(out byte[] signedBytes)
    {
        signedBytes = [];
        if (!Base64Text.TryRead(Payload, out var payload))
        {
            return "payload is not base64";
        }

        var signatures = new List<(PublicKey Key, byte[] Value)>(Signatures.Count);
        for (var i = 0; i < Signatures.Count; i++)
        {
            if (Signatures[i] is null)
            {
                return $"signatures[{i}] is null";
            }

            if (!Ledger.Signatures.PublicKey.TryParse(Signatures[i].PublicKey, out var key))
            {
                return $"signatures[{i}].publicKey is not 128 hexadecimal digits";
            }

            if (!Base64Text.TryRead(Signatures[i].Value, out var value))
            {
                return $"signatures[{i}].value is not base64";
            }

            signatures.Add((key, value));
        }

        signedBytes = TransactionCodec.EncodeSigned(payload, signatures);
        return null;
    }
}
