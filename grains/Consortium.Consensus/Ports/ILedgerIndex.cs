using Consortium.Ledger.Ids;

namespace Consortium.Consensus.Ports;

/// <summary>Answers queries about the past: sealed blocks, places of transactions, holdings by height.</summary>
/// <remarks>
/// Derived from the journal and never ahead of it; rebuilt by executing the journal again when it is lost.
/// Blocks are added in order by one caller; questions may be asked by any number at the same time.
/// </remarks>
public interface ILedgerIndex : IBlockArchive
{
    /// <summary>Deletes all entries, so that the index can be built again from the journal.</summary>
    /// <param name="cancellationToken">Stops before anything is forgotten.</param>
    /// <returns>A task that completes when it is empty.</returns>
    ValueTask ClearAsync(CancellationToken cancellationToken);

    /// <summary>Looks up the place of a transaction in the journal.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Places of all transactions whose ids begin with the same eight bytes; mostly none or one. The caller compares ids.</returns>
    ValueTask<IReadOnlyList<(ulong Position, int Index)>> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken);

    /// <summary>Finds a block.</summary>
    /// <param name="height">From 1.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The block, or <see langword="null"/>.</returns>
    ValueTask<IndexedBlock?> FindBlockAsync(ulong height, CancellationToken cancellationToken);

    /// <summary>Finds the block that a batch belongs to.</summary>
    /// <param name="position">Journal position of the batch.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The block, or <see langword="null"/> when the batch is not in an added block.</returns>
    ValueTask<IndexedBlock?> FindBlockOfBatchAsync(ulong position, CancellationToken cancellationToken);

    /// <summary>Reads the holdings that an account had after a block.</summary>
    /// <param name="account">The account.</param>
    /// <param name="height">The block.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The last holding per instrument written at or below the height, in order of instrument.</returns>
    ValueTask<IReadOnlyList<IndexedHolding>> HoldingsAtAsync(AccountId account, ulong height, CancellationToken cancellationToken);

    /// <summary>Lists the changes of an account's holdings, block by block.</summary>
    /// <param name="account">The account.</param>
    /// <param name="fromHeight">The first block, inclusive.</param>
    /// <param name="toHeight">The last block, inclusive.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Rows in order of height, then instrument.</returns>
    ValueTask<IReadOnlyList<IndexedHolding>> HistoryAsync(
        AccountId account,
        ulong fromHeight,
        ulong toHeight,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>Lists the accounts that hold an asset after the last block added.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="after">The last account of the page before, or <see langword="default"/>.</param>
    /// <param name="limit">Most accounts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The latest holdings that are not zero (every right, the issuance account included), in order of account.</returns>
    ValueTask<IReadOnlyList<IndexedHolding>> HoldersAsync(
        AssetId asset,
        AccountId after,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>The accounts of a beneficial owner that were open after a block.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="height">The block.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The accounts in order, issuance accounts included.</returns>
    ValueTask<IReadOnlyList<AccountId>> AccountsOfAsync(PartyId owner, ulong height, CancellationToken cancellationToken);
}
