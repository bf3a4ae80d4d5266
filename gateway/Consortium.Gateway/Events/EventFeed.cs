using System.Runtime.CompilerServices;
using Consortium.Api;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Gateway.Events;

/// <summary>Reads journal entries as events, over whichever protocol they then travel.</summary>
internal sealed class EventFeed(ILedgerNode node, TimeProvider timeProvider)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private ulong _finalHeight;
    private ulong _next;

    /// <summary>Reads until cancelled.</summary>
    /// <param name="first">The first journal position.</param>
    /// <param name="cancellationToken">Ends the feed.</param>
    /// <returns>
    /// Groups, each to be read to its end: what there is up to the head, then what comes as it happens; silence after a
    /// heartbeat's time without anything.
    /// </returns>
    public async IAsyncEnumerable<IAsyncEnumerable<LedgerEvent>> ReadAsync(
        ulong first,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _next = first;
        while (true)
        {
            var head = await WaitAsync(cancellationToken);
            yield return ReadGroupAsync(head, cancellationToken);
        }
    }

    private async IAsyncEnumerable<LedgerEvent> ReadGroupAsync(
        ulong head,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (head < _next)
        {
            yield return new LedgerEvent(ResumeFrom: null);
            yield break;
        }

        await foreach (var entry in node.ReadJournalAsync(_next, head, cancellationToken))
        {
            foreach (var one in Describe(entry))
            {
                yield return one;
            }

            _next = entry.Position + 1;
        }
    }

    /// <summary>Waits for an entry, or for a heartbeat's time, and answers the head.</summary>
    private async Task<ulong> WaitAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Heartbeat, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return (await node.Progress.WaitAsync(now => now.Position >= _next, linked.Token)).Position;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return node.Progress.Now.Position;
        }
    }

    private IEnumerable<LedgerEvent> Describe(JournalEntry entry) => entry.Kind switch
    {
        JournalEntryKind.Genesis or JournalEntryKind.Activation => [],
        JournalEntryKind.Batch => [DescribeBatch(entry)],
        JournalEntryKind.Seal => DescribeSeal(entry),
    };

    private static LedgerEvent DescribeBatch(JournalEntry entry)
    {
        var batch = Wire.Batch.Parser.ParseFrom(entry.Bytes.Span);
        var transactions = new List<OrderedTransaction>(batch.Transactions.Count);
        for (var i = 0; i < batch.Transactions.Count; i++)
        {
            var payload = Wire.SignedTransaction.Parser.ParseFrom(batch.Transactions[i]).Payload;
            var rejections = batch.Outcomes[i].Rejections;
            transactions.Add(new OrderedTransaction(
                Derive.Transaction(payload.Span).ToString(),
                rejections.Count == 0 ? ReceiptOutcome.Accepted : ReceiptOutcome.Rejected,
                rejections.Count == 0 ? null : [.. rejections.Select(rejection => ((Rejection)rejection.Code).ToString())]));
        }

        return new LedgerEvent(entry.Position + 1, Ordered: new OrderedEvent(entry.Position, batch.TimeMs, transactions));
    }

    private IEnumerable<LedgerEvent> DescribeSeal(JournalEntry entry)
    {
        var isSeal = BlockSeal.TryRead(entry.Bytes.Span, out var seal);
        Invariant.Holds(isSeal && seal is not null);
        var header = seal.Header;
        var announced = new SealedEvent(
            entry.Position,
            header.Height,
            header.Hash.ToString(),
            header.TimeMs,
            header.LastPosition,
            header.TransactionCount,
            header.Producer.ToString());

        // A block is announced as final only after it was announced as sealed.
        var final = Math.Min(node.Progress.Now.FinalHeight, header.Height - 1);
        if (final <= _finalHeight)
        {
            return [new LedgerEvent(entry.Position + 1, Sealed: announced)];
        }

        // Only the last event of an entry says where to resume: a connection that is lost between the two loses neither.
        _finalHeight = final;
        return
        [
            new LedgerEvent(ResumeFrom: null, Sealed: announced),
            new LedgerEvent(entry.Position + 1, Final: new FinalEvent(entry.Position, final)),
        ];
    }
}
