using Consortium.Consensus.Ports;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Shards;

/// <summary>A shard's state at one cut, handed out a slice at a time.</summary>
/// <param name="height">The block.</param>
/// <param name="snapshot">Its state.</param>
internal sealed class ShardExport(ulong height, TreeSnapshot snapshot)
{
    private int _number = -1;
    private byte[]? _slice;

    public ulong Height => height;

    /// <summary>The slice with a number; asked for in order, and the last one again when its answer was lost.</summary>
    /// <returns>The slice, or <see langword="null"/> after the last.</returns>
    public byte[]? Read(int number)
    {
        if (number == _number + 1)
        {
            (_number, _slice) = (number, ShardSlice.WriteNext(snapshot));
        }

        return number == _number
            ? _slice
            : throw new StorageException($"Slice {number} of the shard's state at block {height} cannot be written any more: slice {_number} was.");
    }

    /// <summary>Drops the state that is kept for the export.</summary>
    public void Release() => snapshot.Release();
}
