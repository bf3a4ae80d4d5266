using Consortium.Ledger.Encoding;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;

namespace Consortium.Ledger.Verification;

/// <summary>A batch whose transactions were decoded and whose signatures were checked: the part of verification that needs no order.</summary>
/// <param name="Message">The batch.</param>
/// <param name="Transactions">Its transactions.</param>
/// <param name="Fault">Rule and detail of the first transaction that is wrong, with its place; <see langword="null"/> when none is.</param>
public sealed record CheckedBatch(
    Wire.Batch Message,
    IReadOnlyList<Transaction> Transactions,
    (int Index, string Rule, string Detail)? Fault)
{
    private static readonly CanonicalParser<Wire.Batch> Parser = new(Wire.Batch.Parser);

    /// <summary>Decodes a batch and checks every signature in it; batches may be checked side by side.</summary>
    /// <param name="bytes">Canonical bytes of <see cref="Wire.Batch"/>.</param>
    /// <param name="network">The network's id.</param>
    /// <param name="verifier">Checks the signatures; may be shared by threads.</param>
    /// <returns>The batch; what is wrong is in it, to be reported in its place.</returns>
    public static CheckedBatch Check(ReadOnlyMemory<byte> bytes, Digest network, ISignatureVerifier verifier)
    {
        var formFault = Parser.TryRead(bytes.Span, out var message);
        if (message is null)
        {
            return new CheckedBatch(new Wire.Batch(), [], (-1, "batch form", formFault!));
        }

        if (message.Outcomes.Count != message.Transactions.Count)
        {
            return new CheckedBatch(message, [], (-1, "batch form", "the batch has not one outcome per transaction"));
        }

        var transactions = new List<Transaction>(message.Transactions.Count);
        for (var i = 0; i < message.Transactions.Count; i++)
        {
            var refused = TransactionCodec.TryCheck(message.Transactions[i].Memory, network, verifier, out var transaction);
            if (refused is not null || transaction is null)
            {
                return new CheckedBatch(message, [], (i, "transaction form and signatures", refused?.Detail ?? string.Empty));
            }

            transactions.Add(transaction);
        }

        return new CheckedBatch(message, transactions, null);
    }
}
