using Consortium.Ledger;
using Consortium.Ledger.State;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>Every value of one key, each with the journal position that wrote it.</summary>
internal sealed class KeyHistory
{
    private readonly List<(ulong Position, StateValue Value)> _versions = new(1);

    public KeyHistory(StateKey key, int shardCount)
    {
        Key = key;
        KeyBytes = key.ToArray();
        Path = Digest.Sha256(KeyBytes);
        Shard = key.Shard(shardCount);
    }

    public StateKey Key { get; }

    public byte[] KeyBytes { get; }

    public Digest Path { get; }

    public int Shard { get; }

    public StateValue? Latest => _versions.Count == 0 ? null : _versions[^1].Value;

    public void Put(ulong position, StateValue value) => _versions.Add((position, value));

    /// <summary>The value after the batch at a position.</summary>
    public StateValue? At(ulong position) => At(position, out _);

    /// <summary>The value after the batch at a position, and the position that wrote it.</summary>
    public StateValue? At(ulong position, out ulong writtenAt)
    {
        var (low, high) = (0, _versions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_versions[middle].Position <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        writtenAt = low == 0 ? 0 : _versions[low - 1].Position;
        return low == 0 ? null : _versions[low - 1].Value;
    }
}
