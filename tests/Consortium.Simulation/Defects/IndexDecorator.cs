using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;

namespace Consortium.Simulation.Defects;

/// <summary>Passes calls to a ledger index, except for adding blocks.</summary>
internal abstract class IndexDecorator(ILedgerIndex index) : ILedgerIndex
{
    public ulong Height => index.Height;

    public virtual ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken) =>
        index.AddAsync(blocks, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => index.FlushAsync(cancellationToken);

    public ValueTask ClearAsync(CancellationToken cancellationToken) => index.ClearAsync(cancellationToken);

    public ValueTask<IReadOnlyList<(ulong Position, int Index)>> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken) =>
        index.FindTransactionAsync(id, cancellationToken);

    public ValueTask<IndexedBlock?> FindBlockAsync(ulong height, CancellationToken cancellationToken) => index.FindBlockAsync(height, cancellationToken);

    public ValueTask<IndexedBlock?> FindBlockOfBatchAsync(ulong position, CancellationToken cancellationToken) =>
        index.FindBlockOfBatchAsync(position, cancellationToken);

    public ValueTask<IReadOnlyList<IndexedHolding>> HoldingsAtAsync(AccountId account, ulong height, CancellationToken cancellationToken) =>
        index.HoldingsAtAsync(account, height, cancellationToken);

    public ValueTask<IReadOnlyList<IndexedHolding>> HistoryAsync(
        AccountId account,
        ulong fromHeight,
        ulong toHeight,
        int limit,
        CancellationToken cancellationToken) => index.HistoryAsync(account, fromHeight, toHeight, limit, cancellationToken);

    public ValueTask<IReadOnlyList<IndexedHolding>> HoldersAsync(
        AssetId asset,
        AccountId after,
        int limit,
        CancellationToken cancellationToken) => index.HoldersAsync(asset, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<AccountId>> AccountsOfAsync(PartyId owner, ulong height, CancellationToken cancellationToken) =>
        index.AccountsOfAsync(owner, height, cancellationToken);
}
