using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Ports;

/// <summary>Owns a part of the state between batches: answers reads, keeps the state tree, proves, snapshots.</summary>
/// <remarks>
/// <para>Lifecycle: restore or begin empty; then apply, cut and read in any order. Writes come from consensus alone, one at a time.</para>
/// <para>The live state is that after the last batch applied. The state tree is that after the last block's cut.</para>
/// </remarks>
public interface IStateShard
{
    /// <summary>Reads values of the live state.</summary>
    /// <param name="keys">Keys of this shard.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Canonical values in the order of the keys; <see langword="null"/> where there is none.</returns>
    ValueTask<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken);

    /// <summary>Lists the holdings of an account in the live state.</summary>
    /// <param name="account">An account of this shard.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Keys and canonical values, in order of instrument.</returns>
    ValueTask<IReadOnlyList<KeyValuePair<StateKey, byte[]>>> HoldingsAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Applies what a batch changed. Applying the same position again changes nothing.</summary>
    /// <param name="writes">The changes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when reads see the changes.</returns>
    /// <exception cref="InvariantBrokenException">A batch before this one was not applied.</exception>
    ValueTask ApplyAsync(ShardWrites writes, CancellationToken cancellationToken);

    /// <summary>Brings the state tree forward to the live state, which is that after a block's last batch.</summary>
    /// <param name="height">The block; one past the last cut.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The shard's root. Batches may be applied as soon as the call was made; they do not enter this root.</returns>
    ValueTask<Digest> CutAsync(ulong height, CancellationToken cancellationToken);

    /// <summary>Proves a value, or its absence, at the last cut.</summary>
    /// <param name="key">A key of this shard.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The proof and its block.</returns>
    ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>Writes the state of the last cut for a snapshot.</summary>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>Bytes that <see cref="RestoreAsync"/> reads; what they hold is fixed as soon as the call was made.</returns>
    ValueTask<ReadOnlyMemory<byte>> ExportAsync(CancellationToken cancellationToken);

    /// <summary>Replaces all state by a snapshot's.</summary>
    /// <param name="exported">What <see cref="ExportAsync"/> wrote; empty for no state.</param>
    /// <param name="height">The block it stands for.</param>
    /// <param name="position">Position of that block's last batch.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The shard's root, or <see langword="null"/> when the bytes are damaged.</returns>
    ValueTask<Digest?> RestoreAsync(ReadOnlyMemory<byte> exported, ulong height, ulong position, CancellationToken cancellationToken);
}
