using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Storage;

/// <summary>One process's access to a ledger index, which survives it.</summary>
internal sealed class SimulatedIndex(MemoryLedgerIndex medium, SimulatedDisk disk) : ILedgerIndex
{
    public ulong Height => medium.Height;

    /// <summary>Empties the index behind the role's back.</summary>
    public void Lose()
    {
        Clear();
        disk.Count(FaultKind.IndexLost);
    }

    public async ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<SealedBlock> copy = [.. blocks];
        await FailAsync(cancellationToken);
        await disk.WriteAsync(disk.Begin(() => Add(copy), null), cancellationToken);
        disk.Note(EventKind.IndexChanged, "", medium.Height);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await FailAsync(cancellationToken);
        await disk.DelayAsync(cancellationToken);
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await disk.WriteAsync(disk.Begin(Clear, null), cancellationToken);
        disk.Note(EventKind.IndexChanged, "", medium.Height);
    }

    public async ValueTask<IReadOnlyList<(ulong Position, int Index)>> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return await medium.FindTransactionAsync(id, cancellationToken);
    }

    public async ValueTask<IndexedBlock?> FindBlockAsync(ulong height, CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return await medium.FindBlockAsync(height, cancellationToken);
    }

    public async ValueTask<IndexedBlock?> FindBlockOfBatchAsync(ulong position, CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return await medium.FindBlockOfBatchAsync(position, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<IndexedHolding>> HoldingsAtAsync(
        AccountId account,
        ulong height,
        CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return await medium.HoldingsAtAsync(account, height, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<IndexedHolding>> HistoryAsync(
        AccountId account,
        ulong fromHeight,
        ulong toHeight,
        int limit,
        CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return await medium.HistoryAsync(account, fromHeight, toHeight, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<IndexedHolding>> HoldersAsync(
        AssetId asset,
        AccountId after,
        int limit,
        CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return await medium.HoldersAsync(asset, after, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<AccountId>> AccountsOfAsync(PartyId owner, ulong height, CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return await medium.AccountsOfAsync(owner, height, cancellationToken);
    }

    // The memory index answers at once, so nothing is waited for.
    private void Add(IReadOnlyList<SealedBlock> blocks) => _ = medium.AddAsync(blocks, CancellationToken.None).AsTask();

    private void Clear() => _ = medium.ClearAsync(CancellationToken.None).AsTask();

    private async Task FailAsync(CancellationToken cancellationToken)
    {
        if (disk.Happens(FaultKind.IndexFailed, disk.Faults.IndexFailedPerMillion))
        {
            await disk.DelayAsync(cancellationToken);
            throw new StorageException("The ledger index could not be written; try again.");
        }
    }
}
