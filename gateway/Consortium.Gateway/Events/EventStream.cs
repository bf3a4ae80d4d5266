using System.Globalization;
using System.Text;
using System.Text.Json;
using Consortium.Api;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Node;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Gateway.Events;

/// <summary>Writes journal entries as server-sent events.</summary>
internal sealed class EventStream(ILedgerNode node, Stream destination, TimeProvider timeProvider)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private ulong _finalHeight;

    /// <summary>Writes until cancelled.</summary>
    public async Task RunAsync(ulong first, CancellationToken cancellationToken)
    {
        // Something is sent at once, so that the caller knows that the stream stands.
        await WriteAsync(": consortium\n\n", cancellationToken);
        var next = first;
        while (true)
        {
            var head = await WaitAsync(next, cancellationToken);
            if (head < next)
            {
                await WriteAsync(": nothing new\n\n", cancellationToken);
                continue;
            }

            await foreach (var entry in node.ReadJournalAsync(next, head, cancellationToken))
            {
                await WriteEntryAsync(entry, cancellationToken);
                next = entry.Position + 1;
            }

            await destination.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Waits for an entry, or for a heartbeat's time, and answers the head.</summary>
    private async Task<ulong> WaitAsync(ulong next, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Heartbeat, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return (await node.Progress.WaitAsync(now => now.Position >= next, linked.Token)).Position;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return node.Progress.Now.Position;
        }
    }

    private Task WriteEntryAsync(JournalEntry entry, CancellationToken cancellationToken) => entry.Kind switch
    {
        JournalEntryKind.Genesis or JournalEntryKind.Activation => Task.CompletedTask,
        JournalEntryKind.Batch => WriteBatchAsync(entry, cancellationToken),
        JournalEntryKind.Seal => WriteSealAsync(entry, cancellationToken),
    };

    private Task WriteBatchAsync(JournalEntry entry, CancellationToken cancellationToken)
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

        return WriteEventAsync("ordered", entry.Position, new OrderedEvent(entry.Position, batch.TimeMs, transactions), cancellationToken);
    }

    private async Task WriteSealAsync(JournalEntry entry, CancellationToken cancellationToken)
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
            await WriteEventAsync("sealed", entry.Position, announced, cancellationToken);
            return;
        }

        // Only the last event of an entry carries its id: a connection that is lost between the two loses neither.
        _finalHeight = final;
        await WriteEventAsync("sealed", position: null, announced, cancellationToken);
        await WriteEventAsync("final", entry.Position, new FinalEvent(entry.Position, final), cancellationToken);
    }

    private Task WriteEventAsync<T>(string name, ulong? position, T content, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(content, ApiJson.Options);
        var id = position is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"id: {position}\n");
        return destination.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\n{id}data: {json}\n\n"), cancellationToken).AsTask();
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await destination.FlushAsync(cancellationToken);
    }
}
