using Consortium.Client.Keys;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;

namespace Consortium.Client.Transactions;

/// <summary>A payload that waits for signatures; its id is known already.</summary>
/// <param name="Payload">Canonical bytes of the payload.</param>
public sealed record UnsignedTransaction(ReadOnlyMemory<byte> Payload)
{
    /// <summary>The transaction's id.</summary>
    public TransactionId Id => Derive.Transaction(Payload.Span);

    /// <summary>Signs the payload with every key that must sign.</summary>
    /// <param name="keys">Gives one signature per key; different keys.</param>
    /// <returns>Encoded signed transaction, ready to submit.</returns>
    public byte[] Sign(params IReadOnlyList<SigningKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var signatures = new (PublicKey Key, byte[] Value)[keys.Count];
        for (var i = 0; i < signatures.Length; i++)
        {
            signatures[i] = (keys[i].PublicKey, keys[i].Sign(Payload.Span));
        }

        return TransactionCodec.EncodeSigned(Payload, signatures);
    }
}
