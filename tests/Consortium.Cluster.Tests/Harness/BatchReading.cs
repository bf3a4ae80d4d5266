using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Cluster.Tests.Harness;

/// <summary>Reads batches of a journal.</summary>
internal static class BatchReading
{
    /// <summary>The transactions of a journal entry that is a batch, in their order.</summary>
    public static IEnumerable<TransactionId> TransactionsOf(JournalEntry entry) => Wire.Batch.Parser.ParseFrom(entry.Bytes.Span).Transactions
        .Select(signed => Derive.Transaction(Wire.SignedTransaction.Parser.ParseFrom(signed).Payload.Span));
}
