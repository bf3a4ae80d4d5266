using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Ports;

/// <summary>Owns a part of the state between batches: answers reads, keeps the state tree, proves, snapshots.</summary>
/// <remarks>
/// <para>
/// Lifecycle: <see cref="RestoreAsync"/>, once per slice, gives the shard to an epoch; <see cref="EndRestoreAsync"/>; the journal's batches
/// are applied and cut; <see cref="OpenAsync"/> lets readers in; then apply, cut and read in any order. Writes come from one activation
/// of consensus, one at a time.
/// </para>
/// <para>The live state is that after the last batch applied. The state tree is that after the last block's cut.</para>
/// <para>
/// Every call may be made again, and may arrive late or twice: positions, heights, slices and epochs tell what has happened already.
/// All may throw <see cref="StorageException"/> when the shard cannot be reached; those that take an epoch throw
/// <see cref="ShardMovedException"/> when the shard has another.
/// </para>
/// </remarks>
public interface IStateShard
{
    /// <summary>Adds a slice of a snapshot; the first slice of an epoch empties the shard. Reads wait until <see cref="OpenAsync"/>.</summary>
    /// <param name="epoch">The epoch; with its first slice the shard's epoch before ends.</param>
    /// <param name="slice">0 for the first, one more for each that follows; the same again changes nothing.</param>
    /// <param name="exported">A slice that <see cref="ExportAsync"/> wrote; empty for no state.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the slice is taken in.</returns>
    ValueTask RestoreAsync(Epoch epoch, int slice, ReadOnlyMemory<byte> exported, CancellationToken cancellationToken);

    /// <summary>Ends restoring: all slices have been taken in. The same again changes nothing.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="height">The block that the state stands for.</param>
    /// <param name="position">Position of that block's last batch.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The shard's root, or <see langword="null"/> when a slice was damaged.</returns>
    ValueTask<Digest?> EndRestoreAsync(Epoch epoch, ulong height, ulong position, CancellationToken cancellationToken);

    /// <summary>Lets readers in, once the activation has executed the whole journal.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when reads are answered.</returns>
    ValueTask OpenAsync(Epoch epoch, CancellationToken cancellationToken);

    /// <summary>Reads values of the live state for the activation that writes it.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="keys">Keys of this shard.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Canonical values in the order of the keys; <see langword="null"/> where there is none.</returns>
    ValueTask<IReadOnlyList<byte[]?>> GatherAsync(Epoch epoch, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken);

    /// <summary>Applies the changes of a batch. Applying the same position again changes nothing.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="writes">The changes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when reads see the changes.</returns>
    /// <exception cref="InvariantBrokenException">A batch before this one was not applied.</exception>
    ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken);

    /// <summary>Brings the state tree forward to the live state after a block's last batch. Cutting the same height again changes nothing.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="height">The block; one past the last cut.</param>
    /// <param name="position">The last position applied to this shard that belongs to the block; later batches do not enter the root.</param>
    /// <param name="takesSnapshot">
    /// Whether the shard keeps the state of this cut for <see cref="ExportAsync"/>; it then drops the state kept at an earlier cut.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The shard's root.</returns>
    ValueTask<Digest> CutAsync(Epoch epoch, ulong height, ulong position, bool takesSnapshot, CancellationToken cancellationToken);

    /// <summary>Reads a slice of the state of a cut that was kept for a snapshot, whatever was cut since.</summary>
    /// <remarks>Until the last slice is read, the shard keeps the old value of every key that changes: read the slices without delay.</remarks>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="height">The block that was cut.</param>
    /// <param name="slice">0 for the first, one more for each that follows; the same again until the next is asked for.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Bytes that <see cref="RestoreAsync"/> reads, about 64 KiB; <see langword="null"/> after the last slice.</returns>
    /// <exception cref="StorageException">The shard has let go of the state.</exception>
    ValueTask<byte[]?> ExportAsync(Epoch epoch, ulong height, int slice, CancellationToken cancellationToken);

    /// <summary>Reads values of the live state.</summary>
    /// <param name="keys">Keys of this shard.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The values and the position they stand for.</returns>
    ValueTask<ShardRead> ReadAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken);

    /// <summary>Lists the holdings of an account in the live state.</summary>
    /// <param name="account">An account of this shard.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The holdings and the position they stand for.</returns>
    ValueTask<ShardHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Proves a value, or its absence, at the last cut.</summary>
    /// <param name="key">A key of this shard.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The proof and its block.</returns>
    ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken);
}
