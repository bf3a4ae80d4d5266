using Consortium.Consensus.Exporting;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Node.Diagnostics;
using Consortium.Gateway.Proofs;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Members;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Gateway.Node;

/// <summary>Answers queries for every engine alike: from the shards for the present, from the journal and the index for the past.</summary>
/// <param name="genesis">The network's genesis.</param>
/// <param name="shards">One shard per number, in order.</param>
/// <param name="journal">The journal, for reading.</param>
/// <param name="index">The ledger index.</param>
/// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
public abstract class LedgerNode(
    Genesis genesis,
    IReadOnlyList<IStateShard> shards,
    IJournal journal,
    ILedgerIndex index,
    TimeProvider timeProvider) : ILedgerNode
{
    // The roots of a cut are lost with the activation that made it: a proof that needs them is then made at the next cut.
    private const int ProofAttempts = 5;

    /// <summary>Longest time that a diagnosis waits for answers.</summary>
    protected static readonly TimeSpan DiagnosisTime = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public Genesis Genesis => genesis;

    /// <inheritdoc/>
    public abstract LedgerProgress Progress { get; }

    /// <inheritdoc/>
    public abstract NodeStatus Status { get; }

    /// <inheritdoc/>
    public abstract int QueueLength { get; }

    /// <inheritdoc/>
    public ILedgerIndex Index => index;

    /// <inheritdoc/>
    public abstract Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions);

    /// <inheritdoc/>
    public async Task<LedgerDiagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(DiagnosisTime, timeProvider);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var members = MembersAsync(bound.Token);
        var consensus = DiagnoseConsensusAsync(bound.Token);
        var silos = DiagnoseSilosAsync(bound.Token);
        var answers = await Task.WhenAll(shards.Select((shard, number) => DiagnoseAsync(shard, number, bound.Token)));
        var diagnosis = new LedgerDiagnosis(await members, await consensus, await silos, answers);
        cancellationToken.ThrowIfCancellationRequested();
        return diagnosis;
    }

    /// <inheritdoc/>
    public async Task<DryRun> DryRunAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        var view = new StateView(int.MaxValue);
        var executor = new Executor(view);
        var now = (ulong)timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var timeMs = Math.Max(Progress.Now.TimeMs, now);
        var gathering = new GatheringExecutor(executor, view, async (missing, cancellation) =>
        {
            foreach (var key in missing)
            {
                view.Set(key, await ReadAsync(key, cancellation));
            }
        });
        var result = await gathering.ExecuteAsync(transaction, timeMs, cancellationToken);
        return new DryRun(timeMs, result.Rejections, executor.TakeWritten());
    }

    /// <inheritdoc/>
    public async ValueTask<StateValue?> ReadAsync(StateKey key, CancellationToken cancellationToken)
    {
        var read = await ShardOf(key).ReadAsync([key], cancellationToken);
        return read.Values[0] is { } bytes ? StateValue.Decode(key.Kind, bytes) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<AccountHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken)
    {
        // Batches up to the published position are applied everywhere: a shard whose last write came earlier is current up to it too.
        var now = Progress.Now.Position;
        var holdings = await ShardOf(StateKey.Account(account)).HoldingsAsync(account, cancellationToken);
        return new AccountHoldings(
            Math.Max(now, holdings.Position),
            [.. holdings.Values.Select(pair => new AccountHolding(pair.Key.Instrument, Holding.Decode(pair.Value)!))]);
    }

    /// <inheritdoc/>
    public async ValueTask<RecordedTransaction?> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken)
    {
        if (await FindIndexedAsync(id, cancellationToken) is { } indexed)
        {
            return indexed;
        }

        // Ordered elsewhere and not in this index yet, or between the two looks.
        return await FindElsewhereAsync(id, cancellationToken) is { } place
            ? await ReadTransactionAsync(place.Position, place.Index, cancellationToken)
            : await FindIndexedAsync(id, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<RecordedTransaction?> ReadTransactionAsync(ulong position, int index, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadAsync(position, position, cancellationToken))
        {
            if (entry.Kind == JournalEntryKind.Batch)
            {
                var batch = Wire.Batch.Parser.ParseFrom(entry.Bytes.Span);
                return index >= 0 && index < batch.Transactions.Count ? Recorded(batch, index) : null;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<BlockSeal?> ReadBlockHeaderAsync(ulong height, CancellationToken cancellationToken) =>
        (await FindBlockAsync(height, cancellationToken))?.Seal;

    /// <inheritdoc/>
    public async ValueTask<RecordedBlock?> ReadBlockAsync(ulong height, CancellationToken cancellationToken)
    {
        if (await FindBlockAsync(height, cancellationToken) is not { } block)
        {
            return null;
        }

        var transactions = new List<RecordedTransaction>();
        var last = block.Seal.Header.LastPosition;
        if (block.FirstPosition <= last)
        {
            await foreach (var entry in journal.ReadAsync(block.FirstPosition, last, cancellationToken))
            {
                if (entry.Kind == JournalEntryKind.Batch)
                {
                    var batch = Wire.Batch.Parser.ParseFrom(entry.Bytes.Span);
                    transactions.AddRange(Enumerable.Range(0, batch.Transactions.Count).Select(index => Recorded(batch, index)));
                }
            }
        }

        return new RecordedBlock(block.Seal, transactions);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadJournalAsync(
        ulong fromPosition,
        ulong toPosition,
        CancellationToken cancellationToken) => journal.ReadAsync(fromPosition, toPosition, cancellationToken);

    /// <inheritdoc/>
    public Task ExportAsync(Stream destination, ulong toHeight, CancellationToken cancellationToken) =>
        JournalExport.WriteAsync(journal, Progress.Now.Position, toHeight, destination, cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]> ProveStateAsync(StateKey key, CancellationToken cancellationToken)
    {
        await Progress.WaitAsync(head => head.SealedHeight > 0, cancellationToken);
        for (var attempt = 0; attempt < ProofAttempts; attempt++)
        {
            var proof = await ShardOf(key).ProveAsync(key, cancellationToken);
            await Progress.WaitAsync(head => head.SealedHeight >= proof.Height, cancellationToken);
            if (await ShardRootsAtAsync(proof.Height, cancellationToken) is { } roots)
            {
                return await ProofWriter.StateAsync(this, key, proof, roots, cancellationToken);
            }
        }

        throw new StorageException("The value could not be proved, because ordering began anew while it was. Ask again.");
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ProveTransactionAsync(TransactionId id, CancellationToken cancellationToken)
    {
        if (await FindTransactionAsync(id, cancellationToken) is not { } found)
        {
            return null;
        }

        var sealedHead = await Progress.WaitAsync(head => head.SealedPosition >= found.Position, cancellationToken);
        await WaitForIndexAsync(sealedHead.SealedHeight, cancellationToken);
        var block = await Index.FindBlockOfBatchAsync(found.Position, cancellationToken);
        var recorded = block is null ? null : await ReadBlockAsync(block.Seal.Header.Height, cancellationToken);
        return recorded is null ? null : await ProofWriter.TransactionAsync(this, recorded, id, cancellationToken);
    }

    /// <summary>Asks the sequencer for the positions and heights that it has reached.</summary>
    /// <param name="bound">Ends the diagnosis.</param>
    /// <returns>The answer, or <see langword="null"/> when there was none.</returns>
    protected abstract Task<ConsensusDiagnosis?> DiagnoseConsensusAsync(CancellationToken bound);

    /// <summary>Asks the silos for their state.</summary>
    /// <param name="bound">Ends the diagnosis; parts that have not answered by then are listed as silent.</param>
    /// <returns>One entry for each silo that should run.</returns>
    protected abstract Task<IReadOnlyList<SiloDiagnosis>> DiagnoseSilosAsync(CancellationToken bound);

    /// <summary>Waits until the index has a sealed block.</summary>
    /// <param name="height">The block.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when questions see the block.</returns>
    protected abstract Task WaitForIndexAsync(ulong height, CancellationToken cancellationToken);

    /// <summary>The roots of all shards at a recent cut.</summary>
    /// <param name="height">The block.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>One root per shard, or <see langword="null"/> when no activation has them any more.</returns>
    protected abstract ValueTask<IReadOnlyList<Digest>?> ShardRootsAtAsync(ulong height, CancellationToken cancellationToken);

    /// <summary>Asks the sequencer for a transaction, or waits until the index has what the sequencer has forgotten.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The place, or <see langword="null"/> when the sequencer does not have the transaction: then only the index may have it.</returns>
    protected virtual ValueTask<(ulong Position, int Index)?> FindElsewhereAsync(TransactionId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult<(ulong Position, int Index)?>(null);

    /// <summary>Makes <see cref="Progress"/> say all that had happened before the call.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when it does.</returns>
    protected virtual ValueTask CatchUpAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static RecordedTransaction Recorded(Wire.Batch batch, int index)
    {
        var signed = batch.Transactions[index].Memory;
        var id = Derive.Transaction(Wire.SignedTransaction.Parser.ParseFrom(signed.Span).Payload.Span);
        var receipt = ExecutedTransaction.Receipt(id, batch.TimeMs, batch.Outcomes[index]);
        return new RecordedTransaction(id, batch.Position, index, signed, receipt);
    }

    private async ValueTask<IndexedBlock?> FindBlockAsync(ulong height, CancellationToken cancellationToken)
    {
        if (height > Progress.Now.SealedHeight)
        {
            await CatchUpAsync(cancellationToken);
        }

        if (height == 0 || height > Progress.Now.SealedHeight)
        {
            return null;
        }

        await WaitForIndexAsync(height, cancellationToken);
        return await Index.FindBlockAsync(height, cancellationToken);
    }

    private async Task<IReadOnlyList<Member>> MembersAsync(CancellationToken bound)
    {
        try
        {
            var members = new List<Member>();
            foreach (var known in genesis.Members)
            {
                if (await ReadAsync(StateKey.Member(known.Id), bound) is Member member)
                {
                    members.Add(member);
                }
            }

            return members;
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            // The shard that does not answer is in the diagnosis.
            return genesis.Members;
        }
    }

    private async Task<ShardDiagnosis> DiagnoseAsync(IStateShard shard, int number, CancellationToken bound)
    {
        var began = timeProvider.GetTimestamp();
        try
        {
            var read = await shard.ReadAsync([], bound);
            return new ShardDiagnosis(number, read.Position, timeProvider.GetElapsedTime(began), Fault: null);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            var fault = exception is StorageException ? exception.Message : $"It did not answer within {DiagnosisTime.TotalSeconds:0} s.";
            return new ShardDiagnosis(number, Position: null, timeProvider.GetElapsedTime(began), fault);
        }
    }

    private async ValueTask<RecordedTransaction?> FindIndexedAsync(TransactionId id, CancellationToken cancellationToken)
    {
        foreach (var (position, place) in await Index.FindTransactionAsync(id, cancellationToken))
        {
            var candidate = await ReadTransactionAsync(position, place, cancellationToken);
            if (candidate?.Id == id)
            {
                return candidate;
            }
        }

        return null;
    }

    private IStateShard ShardOf(StateKey key) => shards[key.Shard(genesis.ShardCount)];
}

