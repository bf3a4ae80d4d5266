using System.Numerics;
using System.Security.Cryptography;

namespace Consortium.Ledger.Merkle;

/// <summary>
/// Merkle trees over an ordered list, with proofs that an entry is in it and that a later list extends an earlier one
/// (RFC 6962 section 2.1; verification as in RFC 9162 sections 2.1.3.2 and 2.1.4.2).
/// </summary>
/// <remarks>
/// <para>
/// A leaf hashes as SHA-256(0x00 ‖ data) and a node as SHA-256(0x01 ‖ left ‖ right), so neither can pass for the other.
/// </para>
/// <para>
/// What builds a tree throws on arguments that no caller may pass. What verifies takes anything an adversary may send
/// and answers yes or no: it does not throw, and does no more work than the proof is long.
/// </para>
/// </remarks>
public static class MerkleTree
{
    private const byte LeafTag = 0;
    private const byte NodeTag = 1;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Digest EmptyRoot { get; } = Digest.Sha256([]);

    /// <summary>Hashes the data of an entry to a leaf.</summary>
    /// <param name="data">The entry.</param>
    /// <returns>SHA-256(0x00 ‖ data).</returns>
    public static Digest HashLeaf(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        if (data.Length < 512)
        {
            Span<byte> tagged = stackalloc byte[data.Length + 1];
            tagged[0] = LeafTag;
            data.CopyTo(tagged[1..]);
            SHA256.HashData(tagged, hash);
        }
        else
        {
            using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hasher.AppendData([LeafTag]);
            hasher.AppendData(data);
            hasher.GetHashAndReset(hash);
        }

        return Digest.FromBytes(hash);
    }

    /// <summary>Hashes two children to their parent.</summary>
    /// <param name="left">The left child.</param>
    /// <param name="right">The right child.</param>
    /// <returns>SHA-256(0x01 ‖ left ‖ right).</returns>
    public static Digest HashNode(Digest left, Digest right)
    {
        Span<byte> tagged = stackalloc byte[1 + (2 * Digest.Size)];
        tagged[0] = NodeTag;
        left.CopyTo(tagged[1..]);
        right.CopyTo(tagged[(1 + Digest.Size)..]);
        return Digest.Sha256(tagged);
    }

    /// <summary>Computes the root over leaf hashes.</summary>
    /// <param name="leaves">The leaves in order, each from <see cref="HashLeaf"/>; may be empty.</param>
    /// <returns>The root.</returns>
    public static Digest Root(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.IsEmpty)
        {
            return EmptyRoot;
        }

        // Pairing level by level and letting an odd last node rise gives the tree of RFC 6962, whose left part is
        // always full.
        Digest[] level = leaves.ToArray();
        for (int count = level.Length; count > 1; count = (count + 1) / 2)
        {
            RaiseLevel(level, count);
        }

        return level[0];
    }

    /// <summary>Proves that a leaf is in a tree.</summary>
    /// <param name="leaves">All leaves of the tree.</param>
    /// <param name="index">The position of the leaf, from zero.</param>
    /// <returns>The audit path, from the leaf upward.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no leaf at <paramref name="index"/>.</exception>
    public static Digest[] InclusionProof(ReadOnlySpan<Digest> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        var proof = new List<Digest>();
        Digest[] level = leaves.ToArray();
        for (int count = level.Length; count > 1; count = (count + 1) / 2)
        {
            int sibling = index ^ 1;
            if (sibling < count)
            {
                proof.Add(level[sibling]);
            }

            RaiseLevel(level, count);
            index /= 2;
        }

        return [.. proof];
    }

    /// <summary>Checks that a leaf is in a tree.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="size">The number of leaves of the tree.</param>
    /// <param name="leaf">The leaf, from <see cref="HashLeaf"/>.</param>
    /// <param name="index">The position of the leaf, from zero.</param>
    /// <param name="proof">The audit path, from the leaf upward; of any length.</param>
    /// <returns>Whether the proof holds; never for an index past the end.</returns>
    public static bool VerifyInclusion(Digest root, ulong size, Digest leaf, ulong index, ReadOnlySpan<Digest> proof)
    {
        if (index >= size)
        {
            return false;
        }

        ulong node = index;
        ulong last = size - 1;
        Digest hash = leaf;
        foreach (Digest step in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) != 0 || node == last)
            {
                // A last node without a sibling has risen unchanged to where it is a right child.
                hash = HashNode(step, hash);
                int rise = BitOperations.TrailingZeroCount(node);
                node >>= rise;
                last >>= rise;
            }
            else
            {
                hash = HashNode(hash, step);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>Proves that a tree extends the tree of its first leaves.</summary>
    /// <param name="leaves">All leaves of the later tree.</param>
    /// <param name="earlierSize">The number of leaves that the earlier tree had.</param>
    /// <returns>The proof; empty when the earlier tree is empty or the same.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The earlier tree would have more leaves than the
    /// later.</exception>
    public static Digest[] ConsistencyProof(ReadOnlySpan<Digest> leaves, int earlierSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlierSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlierSize, leaves.Length);
        var proof = new List<Digest>();
        if (earlierSize > 0)
        {
            AddSubproof(leaves, earlierSize, isEarlierRoot: true, proof);
        }

        return [.. proof];
    }

    /// <summary>Checks that a tree extends an earlier one.</summary>
    /// <param name="earlierRoot">The root of the earlier tree.</param>
    /// <param name="earlierSize">The number of leaves of the earlier tree.</param>
    /// <param name="root">The root of the later tree.</param>
    /// <param name="size">The number of leaves of the later tree.</param>
    /// <param name="proof">The proof; of any length.</param>
    /// <returns>
    /// Whether the proof holds; never when the earlier tree has more leaves than the later, or none: every tree extends the empty one,
    /// so that there is nothing to prove and nothing binds the later root (RFC 9162 section 2.1.4).
    /// </returns>
    public static bool VerifyConsistency(
        Digest earlierRoot, ulong earlierSize, Digest root, ulong size, ReadOnlySpan<Digest> proof)
    {
        if (earlierSize == 0 || earlierSize > size)
        {
            return false;
        }

        if (earlierSize == size)
        {
            return proof.IsEmpty && earlierRoot == root;
        }

        return VerifySubtreeConsistency(earlierRoot, 0, earlierSize, root, size, proof);
    }

    /// <summary>
    /// Checks that a leaf is in a subtree: the leaves from <paramref name="start"/> to before <paramref name="end"/>.
    /// </summary>
    /// <remarks>Subtrees are those of draft-ietf-plants-merkle-tree-certs: see <see cref="IsSubtree"/>.</remarks>
    /// <param name="subtreeRoot">The root over those leaves alone.</param>
    /// <param name="start">The first leaf of the subtree, counted in the whole tree.</param>
    /// <param name="end">One past the last leaf of the subtree.</param>
    /// <param name="leaf">The leaf, from <see cref="HashLeaf"/>.</param>
    /// <param name="index">The position of the leaf, counted in the whole tree.</param>
    /// <param name="proof">The audit path within the subtree; of any length.</param>
    /// <returns>Whether the interval is a subtree that holds the leaf.</returns>
    public static bool VerifySubtreeInclusion(
        Digest subtreeRoot, ulong start, ulong end, Digest leaf, ulong index, ReadOnlySpan<Digest> proof) =>
        IsSubtree(start, end)
        && index >= start
        && index < end
        && VerifyInclusion(subtreeRoot, end - start, leaf, index - start, proof);

    /// <summary>
    /// Checks that the leaves of a subtree are those of a whole tree (draft-ietf-plants-merkle-tree-certs).
    /// </summary>
    /// <param name="subtreeRoot">The root over the leaves of the subtree alone.</param>
    /// <param name="start">The first leaf of the subtree.</param>
    /// <param name="end">One past the last leaf; the empty subtree is part of every tree.</param>
    /// <param name="root">The root of the whole tree.</param>
    /// <param name="size">The number of leaves of the whole tree.</param>
    /// <param name="proof">The proof; of any length.</param>
    /// <returns>Whether the proof holds.</returns>
    public static bool VerifySubtreeConsistency(
        Digest subtreeRoot, ulong start, ulong end, Digest root, ulong size, ReadOnlySpan<Digest> proof)
    {
        if (end > size || !IsSubtree(start, end))
        {
            return false;
        }

        if (start == end)
        {
            return proof.IsEmpty && subtreeRoot == EmptyRoot;
        }

        // The draft's names: the path starts at the highest node that is whole in both trees.
        ulong first = start;
        ulong second = end - 1;
        ulong third = size - 1;
        while (first != second && (second == third || (second & 1) != 0))
        {
            first >>= 1;
            second >>= 1;
            third >>= 1;
        }

        Digest seed = subtreeRoot;
        if (first != second)
        {
            if (proof.IsEmpty)
            {
                return false;
            }

            seed = proof[0];
            proof = proof[1..];
        }

        Digest subtreeHash = seed;
        Digest treeHash = seed;
        foreach (Digest step in proof)
        {
            if (third == 0)
            {
                return false;
            }

            if ((second & 1) != 0 || second == third)
            {
                if (first < second)
                {
                    subtreeHash = HashNode(step, subtreeHash);
                }

                treeHash = HashNode(step, treeHash);
                int rise = BitOperations.TrailingZeroCount(second);
                first >>= rise;
                second >>= rise;
                third >>= rise;
            }
            else
            {
                treeHash = HashNode(treeHash, step);
            }

            first >>= 1;
            second >>= 1;
            third >>= 1;
        }

        return third == 0 && subtreeHash == subtreeRoot && treeHash == root;
    }

    /// <summary>
    /// Whether an interval of leaves is a subtree: its start is a multiple of its length rounded up to a power of two.
    /// </summary>
    /// <param name="start">The first leaf.</param>
    /// <param name="end">One past the last leaf.</param>
    /// <returns>Whether the interval is empty or so aligned; never when it ends before it starts.</returns>
    public static bool IsSubtree(ulong start, ulong end)
    {
        if (end <= start)
        {
            return end == start;
        }

        // Past 2^63 leaves the power of two is 2^64, of which zero is the only multiple.
        ulong length = end - start;
        return length > 1UL << 63 ? start == 0 : (start & (BitOperations.RoundUpToPowerOf2(length) - 1)) == 0;
    }

    private static void RaiseLevel(Digest[] level, int count)
    {
        int pairs = count / 2;
        for (int i = 0; i < pairs; i++)
        {
            level[i] = HashNode(level[2 * i], level[(2 * i) + 1]);
        }

        if (count % 2 != 0)
        {
            level[pairs] = level[count - 1];
        }
    }

    // SUBPROOF(m, D[n], b) of RFC 6962 section 2.1.2; as deep as the tree is high.
    private static void AddSubproof(
        ReadOnlySpan<Digest> leaves, int earlierSize, bool isEarlierRoot, List<Digest> proof)
    {
        if (earlierSize == leaves.Length)
        {
            if (!isEarlierRoot)
            {
                proof.Add(Root(leaves));
            }

            return;
        }

        int left = (int)(BitOperations.RoundUpToPowerOf2((uint)leaves.Length) / 2);
        if (earlierSize <= left)
        {
            AddSubproof(leaves[..left], earlierSize, isEarlierRoot, proof);
            proof.Add(Root(leaves[left..]));
        }
        else
        {
            AddSubproof(leaves[left..], earlierSize - left, isEarlierRoot: false, proof);
            proof.Add(Root(leaves[..left]));
        }
    }
}
