using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;

namespace Consortium.Ledger.Transactions;

/// <summary>A decoded transaction together with the bytes it came as.</summary>
/// <param name="Id">SHA-256 of the payload.</param>
/// <param name="SignedBytes">The encoded <see cref="Wire.SignedTransaction"/>; what journals, blocks and exports keep.</param>
/// <param name="ValidUntilMs">UTC milliseconds, exclusive.</param>
/// <param name="Body">The decoded request.</param>
/// <param name="Signers">The keys that signed.</param>
/// <remarks>
/// Whether the signatures were checked depends on where the instance came from: <see cref="TransactionCodec.TryCheck"/>
/// checks them, <see cref="TransactionCodec.DecodeTrusted"/> is for bytes from one's own journal.
/// </remarks>
public sealed record Transaction(
    TransactionId Id,
    ReadOnlyMemory<byte> SignedBytes,
    ulong ValidUntilMs,
    TransactionBody Body,
    IReadOnlyList<PublicKey> Signers);
