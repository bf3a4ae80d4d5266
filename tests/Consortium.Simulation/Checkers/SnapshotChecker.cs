using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Blocks;
using Consortium.Simulation.Checkers.Reference;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Checkers;

/// <summary>A recovery from the snapshot would have the state that the journal gives.</summary>
internal sealed class SnapshotChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "snapshot";

    /// <summary>A snapshot was given to the store.</summary>
    public void OnSnapshot(Snapshot snapshot)
    {
        if (Fault(snapshot) is { } fault)
        {
            findings.Report(Name, $"the snapshot of block {snapshot.Height} {fault}");
        }
    }

    private string? Fault(Snapshot snapshot)
    {
        if (ledger.BlockAt(snapshot.Height) is not { } block)
        {
            return $"is of none that is sealed; {ledger.TipHeight} are";
        }

        if (SnapshotPieces.Read(snapshot) is not { } pieces)
        {
            return $"cannot be read; it has {snapshot.Parts.Count} parts";
        }

        var manifest = pieces.Manifest;
        if (manifest.SealPosition != block.SealPosition || !manifest.Seal.ToArray().AsSpan().SequenceEqual(block.Seal.ToArray()))
        {
            return $"names the seal at {manifest.SealPosition}; the journal has it at {block.SealPosition}, or has another there";
        }

        return RootFault(pieces, block) ?? FinalityFault(manifest, block) ?? WindowFault(pieces, block.Header);
    }

    private string? RootFault(SnapshotPieces pieces, ReferenceBlock block)
    {
        if (pieces.Shards.Any(shard => shard.Key >= block.ShardRoots.Count))
        {
            return $"has more shards than {block.ShardRoots.Count}";
        }

        for (var shard = 0; shard < block.ShardRoots.Count; shard++)
        {
            var root = RestoredShard.Root(shard, ledger.Genesis.ShardCount, pieces.Shards[shard]);
            if (root != block.ShardRoots[shard])
            {
                return $"gives shard {shard} root {root}; it had {block.ShardRoots[shard]}";
            }
        }

        return null;
    }

    private string? FinalityFault(SnapshotManifest manifest, ReferenceBlock block)
    {
        if (manifest.TotalWork != block.TotalWork)
        {
            return $"has total work {manifest.TotalWork}; it is {block.TotalWork}";
        }

        if (manifest.Final != Buried(block.FinalHeight))
        {
            return $"has final block {manifest.Final}; it is {Buried(block.FinalHeight)}";
        }

        var pending = block.Header.Height - block.FinalHeight;
        var height = block.FinalHeight;
        return (ulong)manifest.Pending.Count == pending && manifest.Pending.All(each => each == Buried(++height))
            ? null
            : $"has {manifest.Pending.Count} pending blocks; {pending} are, from {block.FinalHeight + 1}";
    }

    private BuriedBlock? Buried(ulong height) => ledger.BlockAt(height) is { } block
        ? new BuriedBlock(height, block.Header.LastPosition, block.Header.TimeMs, block.Work)
        : null;

    // The window must have every transaction ordered up to the cut that could be ordered again, and none ordered later.
    private string? WindowFault(SnapshotPieces pieces, BlockHeader header)
    {
        var window = new DuplicateWindow();
        var isWhole = pieces.Window.All(slice => WindowSlice.TryRead(slice.Span, out var entries) && window.TryRestore(entries));
        if (!isWhole || window.Count != pieces.Manifest.WindowCount)
        {
            return "has a duplicate window that cannot be read";
        }

        var found = 0;
        for (var i = ledger.Transactions.Count - 1; i >= 0; i--)
        {
            var transaction = ledger.Transactions[i];
            if (transaction.Position > header.LastPosition)
            {
                continue;
            }

            if (found == window.Count && transaction.TimeMs + ledger.Genesis.ValidityMaxMs <= header.TimeMs)
            {
                break;
            }

            if (window.TryFind(transaction.Id, out var place))
            {
                found++;
                if (place != (transaction.Position, transaction.Index))
                {
                    return $"remembers {transaction.Id} at {place}; it stands at {transaction.Position}/{transaction.Index}";
                }
            }
            else if (transaction.ValidUntilMs > header.TimeMs)
            {
                return $"has forgotten {transaction.Id}, which is valid until {transaction.ValidUntilMs}";
            }
        }

        return found == window.Count ? null : $"remembers {window.Count - found} transactions that no batch up to {header.LastPosition} has";
    }
}
