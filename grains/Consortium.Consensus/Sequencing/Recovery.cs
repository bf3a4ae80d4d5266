using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Transactions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Consensus.Sequencing;

/// <summary>Restores a sequencer when it starts: loads the newest usable snapshot, then executes the journal after it.</summary>
internal sealed class Recovery(
    LedgerCore core,
    IJournal journal,
    ISnapshotStore snapshots,
    ulong indexHeight,
    ILedgerObserver observer,
    RecentBatches recent,
    JournalWriter writer)
{
    // A shard gets the changes of many batches in one message; this bounds the memory that they take meanwhile.
    private const int PendingValuesMax = 10_000;

    // Batches whose block's seal has not been met yet: a seal follows batches of the next block.
    private readonly Queue<(ulong Position, Wire.Batch Batch)> _waiting = new();

    /// <summary>Recovers.</summary>
    /// <param name="activation">Names the activation; no two are the same.</param>
    /// <param name="cancellationToken">Stops recovering.</param>
    /// <returns>Journal position of the last entry, and transactions executed since the last snapshot.</returns>
    public async Task<(ulong Position, long Executed)> RunAsync(Guid activation, CancellationToken cancellationToken)
    {
        var head = await ActivateAsync(activation, cancellationToken);
        core.Activate(head);
        if (!await TryRestoreAsync(cancellationToken))
        {
            await core.BeginAsync(cancellationToken);
        }

        long executed = 0;
        await foreach (var entry in journal.ReadAsync(core.BatchPosition + 1, head, cancellationToken))
        {
            executed += await ReplayAsync(entry, cancellationToken);
        }

        while (_waiting.TryDequeue(out var waiting))
        {
            var results = await ExecuteAsync(waiting.Position, waiting.Batch, cancellationToken);
            executed += results.Count;
            recent.Add(new OrderedBatch(waiting.Position, waiting.Batch.TimeMs, results));
        }

        await core.ScatterAsync(cancellationToken);
        await core.OpenAsync(cancellationToken);
        return (head, executed);
    }

    // Once this entry is written no earlier activation can append: the entries before it are all there is to recover.
    private async Task<ulong> ActivateAsync(Guid activation, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await journal.ReadHeadAsync(cancellationToken);
            if (head is not null)
            {
                await RequireGenesisAsync(cancellationToken);
            }

            var entry = head is { } last
                ? new JournalEntry(last + 1, JournalEntryKind.Activation, activation.ToByteArray(bigEndian: true))
                : new JournalEntry(0, JournalEntryKind.Genesis, core.Genesis.Bytes);
            try
            {
                if (!await writer.TryAppendAsync(entry, cancellationToken))
                {
                    throw new StorageException("The journal cannot be written, so this node cannot begin to order. Make room or repair the storage, then start again.");
                }

                if (entry.Kind == JournalEntryKind.Activation)
                {
                    return entry.Position;
                }
            }
            catch (JournalConflictException)
            {
                // Another activation still writes; the next look finds a later head.
            }
        }
    }

    private async Task RequireGenesisAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadAsync(0, 0, cancellationToken))
        {
            if (entry.Kind != JournalEntryKind.Genesis || !entry.Bytes.Span.SequenceEqual(core.Genesis.Bytes.Span))
            {
                throw new StorageException(
                    $"The journal belongs to another network than {core.Genesis.Network}. Start with the genesis it was made from, or with an empty data folder.");
            }
        }
    }

    private async Task<bool> TryRestoreAsync(CancellationToken cancellationToken)
    {
        await foreach (var snapshot in snapshots.ReadNewestFirstAsync(cancellationToken))
        {
            // The index must not miss a block that the snapshot would skip.
            if (snapshot.Height <= indexHeight
                && await SnapshotManifest.TryReadAsync(snapshot, cancellationToken) is { } manifest
                && await IsInJournalAsync(manifest, cancellationToken)
                && await core.TryRestoreAsync(snapshot, manifest, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsInJournalAsync(SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadAsync(manifest.SealPosition, manifest.SealPosition, cancellationToken))
        {
            return entry.Kind == JournalEntryKind.Seal && entry.Bytes.Span.SequenceEqual(manifest.Seal.ToArray());
        }

        return false;
    }

    private async Task<long> ReplayAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind == JournalEntryKind.Batch)
        {
            _waiting.Enqueue((entry.Position, Wire.Batch.Parser.ParseFrom(entry.Bytes.Span)));
            return 0;
        }

        if (entry.Kind == JournalEntryKind.Activation)
        {
            return 0;
        }

        var isSeal = BlockSeal.TryRead(entry.Bytes.Span, out var seal);
        Invariant.Holds(isSeal && seal is not null);
        if (seal.Header.Height <= core.TipHeight)
        {
            return 0;
        }

        long executed = 0;
        while (_waiting.TryPeek(out var waiting) && waiting.Position <= seal.Header.LastPosition)
        {
            _waiting.Dequeue();
            executed += (await ExecuteAsync(waiting.Position, waiting.Batch, cancellationToken)).Count;
        }

        await core.ScatterAsync(cancellationToken);
        var cut = core.Cut(seal.Header.TimeMs, takesSnapshot: false, cancellationToken);
        var expected = cut.Template with
        {
            StateRoot = ChainRules.StateRoot(await cut.ShardRoots),
            Producer = seal.Header.Producer,
            Nonce = seal.Header.Nonce,
        };
        Invariant.Holds(expected == seal.Header);
        core.Advance(seal.Header);
        await observer.ReadyAsync();
        observer.OnSealed(cut.Seal(seal, entry.Position));
        return executed;
    }

    private async Task<List<ExecutedTransaction>> ExecuteAsync(ulong position, Wire.Batch batch, CancellationToken cancellationToken)
    {
        var transactions = batch.Transactions
            .Select(bytes => TransactionCodec.DecodeTrusted(bytes.Memory, core.Genesis.Network))
            .ToList();
        var executed = await core.ExecuteAsync(transactions, batch.TimeMs, cancellationToken);
        Invariant.Holds(batch.Position == position && batch.Outcomes.Count == executed.Count);
        for (var i = 0; i < executed.Count; i++)
        {
            var sameOutcome = executed[i].ToOutcome().Equals(batch.Outcomes[i]);
            Invariant.Holds(sameOutcome);
        }

        // Shards are told at the end of a block: a call to each per batch would make recovery as slow as ordering was.
        core.Add(position, batch.TimeMs, executed);
        if (core.PendingValues > PendingValuesMax)
        {
            await core.ScatterAsync(cancellationToken);
        }

        return executed;
    }
}
