using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.State;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>At quiet head every live shard holds exactly the replay's part of the state.</summary>
internal sealed class ShardChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "shard";

    /// <summary>A shard's live state, when no batch is under way.</summary>
    /// <param name="shard">Its number.</param>
    /// <param name="position">Position of the last batch that the shard says it applied.</param>
    /// <param name="live">All its keys and canonical values, in any order.</param>
    public void OnLive(int shard, ulong position, IReadOnlyList<KeyValuePair<StateKey, byte[]>> live)
    {
        if (position < ledger.PositionOf(shard) || position > ledger.BatchPosition)
        {
            findings.Report(Name, $"shard {shard} is at position {position}; the last batch that changed it is at {ledger.PositionOf(shard)}");
            return;
        }

        for (var i = 0; i < live.Count; i++)
        {
            var expected = ledger.FindKey(live[i].Key);
            if (expected?.Shard != shard || expected.Latest is not { } value || !live[i].Value.AsSpan().SequenceEqual(value.Encode()))
            {
                findings.Report(Name, $"shard {shard} at position {position} holds {live[i].Key} otherwise than {expected?.Latest}");
                return;
            }
        }

        if (live.Count != ledger.KeysOf(shard).Count)
        {
            findings.Report(Name, $"shard {shard} at position {position} holds {live.Count} keys; {ledger.KeysOf(shard).Count} are its part");
        }
    }

    /// <summary>A shard's state tree, when the block it stands for is sealed.</summary>
    /// <param name="shard">Its number.</param>
    /// <param name="height">The last cut.</param>
    /// <param name="root">The root that the shard said it has.</param>
    /// <param name="slices">The slices that <see cref="IStateShard.ExportAsync"/> wrote.</param>
    public void OnTree(int shard, ulong height, Digest root, IEnumerable<ReadOnlyMemory<byte>> slices)
    {
        if (ledger.BlockAt(height) is not { } block)
        {
            return;
        }

        var exported = RestoredShard.Root(shard, ledger.Genesis.ShardCount, slices);
        if (root != block.ShardRoots[shard] || exported != root)
        {
            findings.Report(Name, $"shard {shard} at height {height} has root {root}, its export {exported}, the replay {block.ShardRoots[shard]}");
        }
    }
}
