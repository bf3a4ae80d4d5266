using Consortium.Ledger.Encoding;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Google.Protobuf;

namespace Consortium.Ledger.Transactions;

/// <summary>Turns bytes into transactions and back (SPEC.md section 1).</summary>
public static class TransactionCodec
{
    private static readonly CanonicalParser<Wire.SignedTransaction> SignedParser = new(Wire.SignedTransaction.Parser);
    private static readonly CanonicalParser<Wire.Payload> PayloadParser = new(Wire.Payload.Parser);

    /// <summary>Writes the payload that is signed.</summary>
    /// <param name="network">The network's id.</param>
    /// <param name="validUntilMs">UTC milliseconds, exclusive.</param>
    /// <param name="salt">At most 32 bytes that tell otherwise equal transactions apart.</param>
    /// <param name="body">The request to sign.</param>
    /// <returns>Canonical bytes of <see cref="Wire.Payload"/>.</returns>
    public static byte[] EncodePayload(Digest network, ulong validUntilMs, ReadOnlySpan<byte> salt, TransactionBody body)
    {
        var payload = new Wire.Payload
        {
            NetworkId = WireForm.From(network),
            ValidUntilMs = validUntilMs,
            Salt = ByteString.CopyFrom(salt),
        };
        TransactionCatalogue.Rules(body.Kind).Write(body, payload);
        return payload.ToByteArrayCanonical();
    }

    /// <summary>Puts payload and signatures together.</summary>
    /// <param name="payload">The payload as signed.</param>
    /// <param name="signatures">Public key and signature of each signer, 64 bytes each.</param>
    /// <returns>Canonical bytes of <see cref="Wire.SignedTransaction"/>.</returns>
    public static byte[] EncodeSigned(
        ReadOnlyMemory<byte> payload,
        IEnumerable<(PublicKey Key, byte[] Value)> signatures)
    {
        var message = new Wire.SignedTransaction { Payload = UnsafeByteOperations.UnsafeWrap(payload) };
        foreach (var (key, value) in signatures)
        {
            message.Signatures.Add(new Wire.Signature
            {
                PublicKey = ByteString.CopyFrom(key.ToArray()),
                Value = ByteString.CopyFrom(value),
            });
        }

        return message.ToByteArrayCanonical();
    }

    /// <summary>Decodes a transaction from a stranger and checks its form, network and signatures.</summary>
    /// <param name="signedBytes">An encoded <see cref="Wire.SignedTransaction"/>; kept by reference.</param>
    /// <param name="network">The network's id.</param>
    /// <param name="verifier">Checks the signatures.</param>
    /// <param name="transaction">The transaction, or <see langword="null"/>.</param>
    /// <returns>The refusal, or <see langword="null"/> when the transaction may be ordered.</returns>
    public static Refused? TryCheck(
        ReadOnlyMemory<byte> signedBytes,
        Digest network,
        ISignatureVerifier verifier,
        out Transaction? transaction)
    {
        transaction = null;
        var refused = Decode(signedBytes, network, out var signed, out var decoded);
        refused ??= CheckSignatures(signed!, verifier);
        if (refused is null)
        {
            transaction = decoded;
        }

        return refused;
    }

    /// <summary>Decodes a transaction from the journal or from a silo, whose signatures a gateway has checked already.</summary>
    /// <param name="signedBytes">An encoded <see cref="Wire.SignedTransaction"/>; kept by reference.</param>
    /// <param name="network">The network's id.</param>
    /// <returns>The transaction.</returns>
    /// <exception cref="InvariantBrokenException">The bytes are not a transaction of this network.</exception>
    public static Transaction DecodeTrusted(ReadOnlyMemory<byte> signedBytes, Digest network)
    {
        var refused = Decode(signedBytes, network, out _, out var transaction);
        Invariant.Holds(refused is null && transaction is not null);
        return transaction;
    }

    /// <summary>Decodes a payload that nobody has signed yet, to show or simulate it.</summary>
    /// <param name="payload">An encoded <see cref="Wire.Payload"/>.</param>
    /// <param name="network">The network's id.</param>
    /// <param name="signers">Keys to be taken as having signed.</param>
    /// <param name="transaction">The transaction, or <see langword="null"/>.</param>
    /// <returns>The refusal, or <see langword="null"/> when the payload is well formed.</returns>
    public static Refused? TryDecodeUnsigned(
        ReadOnlyMemory<byte> payload,
        Digest network,
        IReadOnlyList<PublicKey> signers,
        out Transaction? transaction)
    {
        transaction = null;
        var refused = DecodePayload(payload, network, out var validUntilMs, out var body);
        if (refused is null && body is not null)
        {
            transaction = new Transaction(Derive.Transaction(payload.Span), payload, validUntilMs, body, signers);
        }

        return refused;
    }

    private static Refused? Decode(
        ReadOnlyMemory<byte> signedBytes,
        Digest network,
        out Wire.SignedTransaction? signed,
        out Transaction? transaction)
    {
        (signed, transaction) = (null, null);
        if (signedBytes.Length > LedgerLimits.PayloadBytesMax + (LedgerLimits.SignaturesMax * 140))
        {
            return new Refused(
                Refusal.TooLarge,
                $"The transaction has {signedBytes.Length} bytes; a payload of {LedgerLimits.PayloadBytesMax} bytes with {LedgerLimits.SignaturesMax} signatures is the most.");
        }

        var fault = SignedParser.TryRead(signedBytes.Span, out signed);
        if (signed is null)
        {
            return new Refused(Refusal.Malformed, fault!);
        }

        var signers = new PublicKey[Math.Min(signed.Signatures.Count, LedgerLimits.SignaturesMax)];
        for (var i = 0; i < signers.Length; i++)
        {
            if (!PublicKey.TryRead(signed.Signatures[i].PublicKey.Span, out signers[i])
                || signed.Signatures[i].Value.Length != P256.SignatureSize)
            {
                return new Refused(Refusal.Malformed, $"signatures[{i}] must have a public key (X then Y) and a value (r then s) of 64 bytes each.");
            }
        }

        var payload = signed.Payload.Memory;
        var refused = DecodePayload(payload, network, out var validUntilMs, out var body);
        if (refused is null && body is not null)
        {
            transaction = new Transaction(Derive.Transaction(payload.Span), signedBytes, validUntilMs, body, signers);
        }

        return refused;
    }

    private static Refused? DecodePayload(
        ReadOnlyMemory<byte> bytes,
        Digest network,
        out ulong validUntilMs,
        out TransactionBody? body)
    {
        (validUntilMs, body) = (0, null);
        if (bytes.Length > LedgerLimits.PayloadBytesMax)
        {
            return new Refused(
                Refusal.TooLarge,
                $"The payload has {bytes.Length} bytes; {LedgerLimits.PayloadBytesMax} is the most.");
        }

        var notPayload = PayloadParser.TryRead(bytes.Span, out var payload);
        if (payload is null)
        {
            return new Refused(Refusal.Malformed, notPayload!);
        }

        if (payload.NetworkId.Length != Digest.Size)
        {
            return new Refused(Refusal.Malformed, $"The network id must have {Digest.Size} bytes; it has {payload.NetworkId.Length}.");
        }

        if (payload.Salt.Length > LedgerLimits.SaltBytesMax)
        {
            return new Refused(Refusal.Malformed, $"The salt has {payload.Salt.Length} bytes; {LedgerLimits.SaltBytesMax} is the most.");
        }

        if (TransactionCatalogue.Find((TransactionKind)payload.BodyCase) is not { } rules)
        {
            return new Refused(Refusal.Malformed, "The payload has no body, or one of a kind that this version does not know.");
        }

        if (!payload.NetworkId.Span.SequenceEqual(network.ToArray()))
        {
            return new Refused(
                Refusal.WrongNetwork,
                $"The transaction is for network {Convert.ToHexStringLower(payload.NetworkId.Span)}, this is {network}.");
        }

        var form = new WireForm();
        validUntilMs = payload.ValidUntilMs;
        body = rules.Read(payload, form);
        return form.Fault is { } fault ? new Refused(Refusal.Malformed, $"The payload has a field without meaning: {fault}.") : null;
    }

    private static Refused? CheckSignatures(Wire.SignedTransaction signed, ISignatureVerifier verifier)
    {
        var signatures = signed.Signatures;
        if (signatures.Count == 0)
        {
            return new Refused(Refusal.SignatureMissing, "The transaction carries no signature.");
        }

        if (signatures.Count > LedgerLimits.SignaturesMax)
        {
            return new Refused(
                Refusal.SignaturesTooMany,
                $"The transaction carries {signatures.Count} signatures; {LedgerLimits.SignaturesMax} is the most.");
        }

        for (var i = 1; i < signatures.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (signatures[i].PublicKey == signatures[j].PublicKey)
                {
                    return new Refused(Refusal.SignatureRepeated, $"signatures[{i}] is by the same key as signatures[{j}].");
                }
            }
        }

        for (var i = 0; i < signatures.Count; i++)
        {
            var refused = CheckSignature(signatures[i], signed.Payload.Span, i, verifier);
            if (refused is not null)
            {
                return refused;
            }
        }

        return null;
    }

    private static Refused? CheckSignature(
        Wire.Signature signature,
        ReadOnlySpan<byte> payload,
        int index,
        ISignatureVerifier verifier)
    {
        var key = signature.PublicKey.Span;
        var value = signature.Value.Span;
        var isLowS = P256.IsLowS(value);
        if (isLowS && verifier.Verify(key, payload, value))
        {
            return null;
        }

        if (!P256.IsValidPublicKey(key))
        {
            return new Refused(Refusal.PublicKeyInvalid, $"signatures[{index}].public_key is not a point of P-256.");
        }

        return !isLowS && P256.IsInRange(value)
            ? new Refused(
                Refusal.SignatureNotLowS,
                $"signatures[{index}] has s in the upper half of the group order; send n - s instead.")
            : new Refused(Refusal.SignatureInvalid, $"signatures[{index}] does not match the payload and its public key.");
    }
}
