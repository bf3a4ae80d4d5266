using System.Numerics;
using Consortium.Ledger.Merkle;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Work;

namespace Consortium.Ledger.Blocks;

/// <summary>The rules that a sealed header must meet; producers follow them and verifier check them (SPEC.md section 5).</summary>
public static class ChainRules
{
    /// <summary>The target of the block after one.</summary>
    /// <param name="genesis">The genesis, whose target and time are ASERT's anchor.</param>
    /// <param name="height">Height of the block before; 0 for genesis.</param>
    /// <param name="timeMs">Its time.</param>
    /// <returns>The target, as nBits.</returns>
    public static uint NextTarget(Genesis genesis, ulong height, ulong timeMs)
    {
        // ASERT measures from the parent of its anchor. The anchor is genesis, which has no parent: one block interval before it is used.
        // A proof may carry any time, so nothing here may overflow.
        var elapsed = (Int128)timeMs - genesis.TimeMs + genesis.BlockIntervalMs;
        return Asert.Next(
            genesis.Target,
            (long)Int128.Clamp(elapsed, long.MinValue, long.MaxValue),
            (long)ulong.Min(height, long.MaxValue),
            (long)genesis.BlockIntervalMs,
            (long)genesis.HalfLifeMs,
            genesis.Target).ToCompact();
    }

    /// <summary>The state root over the shards' roots, in the order of their numbers (<see cref="State.ShardPlace"/>).</summary>
    /// <param name="shardRoots">One root per shard of all classes.</param>
    /// <returns>RFC 6962 root whose leaves are the shards' roots.</returns>
    public static Digest StateRoot(IReadOnlyList<Digest> shardRoots) => MerkleTree.Root(ShardLeaves(shardRoots));

    /// <summary>The leaf hashes of the state root's tree.</summary>
    /// <param name="shardRoots">One root per shard of all classes.</param>
    /// <returns>One leaf hash per shard.</returns>
    public static Digest[] ShardLeaves(IReadOnlyList<Digest> shardRoots) =>
        [.. shardRoots.Select(ShardLeaf)];

    /// <summary>The leaf hash of one shard in the state root's tree.</summary>
    /// <param name="shardRoot">The shard's root.</param>
    /// <returns>The leaf hash.</returns>
    public static Digest ShardLeaf(Digest shardRoot) => MerkleTree.HashLeaf(shardRoot.ToArray());

    /// <summary>Whether a header's hash meets its target and its producer signed it.</summary>
    /// <param name="genesis">The genesis, which names the producers.</param>
    /// <param name="seal">The header and signature.</param>
    /// <param name="verifier">Checks the signature.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public static string? CheckWork(Genesis genesis, BlockSeal seal, ISignatureVerifier verifier)
    {
        var hash = seal.Header.Hash;
        if (!Target.TryFromCompact(seal.Header.TargetCompact, out var target) || !target.IsMetBy(hash))
        {
            return $"the hash {hash} does not meet the target {target}";
        }

        if (genesis.FindMember(seal.Header.Producer) is not { } producer)
        {
            return $"the producer {seal.Header.Producer} is no member";
        }

        return P256.IsLowS(seal.Signature.Span)
            && verifier.Verify(producer.ProducerKey.ToArray(), hash.ToArray(), seal.Signature.Span)
                ? null
                : $"the signature over the header hash is not by {producer.Name}'s producer key";
    }

    /// <summary>The work of a block with that target: the number of hashes that it takes on average. Finality adds these up.</summary>
    /// <param name="targetCompact">nBits of a valid header.</param>
    /// <returns>Expected number of hashes.</returns>
    public static BigInteger Work(uint targetCompact) => Target.FromCompact(targetCompact).Work;
}
