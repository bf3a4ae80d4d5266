using Consortium.Ledger;
using Consortium.Ledger.Merkle;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Primitives;

public sealed class MerkleTreeTests
{
    private const int SizeMax = 70;

    private static readonly Digest[] Leaves =
        [.. Enumerable.Range(0, SizeMax).Select(i => MerkleTree.HashLeaf([1, 2, 3, (byte)i]))];

    private static readonly Digest[] Roots =
        [.. Enumerable.Range(0, SizeMax + 1).Select(size => MerkleTree.Root(Leaves.AsSpan(0, size)))];

    [Fact]
    public void The_root_is_the_recursion_that_the_standard_writes()
    {
        for (int size = 0; size <= SizeMax; size++)
        {
            Assert.Equal(RecursiveRoot(Leaves[..size]), Roots[size]);
        }
    }

    [Fact]
    public void An_entry_of_any_length_hashes_with_its_tag_before_it()
    {
        for (int length = 0; length < 1_100; length += 37)
        {
            var data = new byte[length];
            Assert.Equal(Digest.Sha256([0, .. data]), MerkleTree.HashLeaf(data));
        }

        Assert.Equal(Digest.Sha256([0, .. new byte[511]]), MerkleTree.HashLeaf(new byte[511]));
        Assert.Equal(Digest.Sha256([0, .. new byte[512]]), MerkleTree.HashLeaf(new byte[512]));
    }

    [Fact]
    public void Every_leaf_of_every_size_is_proved_and_no_changed_proof_is_accepted()
    {
        for (int size = 1; size <= SizeMax; size++)
        {
            Digest root = Roots[size];
            ulong count = (ulong)size;
            for (int index = 0; index < size; index++)
            {
                Digest[] proof = MerkleTree.InclusionProof(Leaves.AsSpan(0, size), index);
                ulong at = (ulong)index;
                Assert.True(MerkleTree.VerifyInclusion(root, count, Leaves[index], at, proof));
                Assert.False(MerkleTree.VerifyInclusion(root, count, Leaves[index], at + 1, proof));
                Assert.False(MerkleTree.VerifyInclusion(root, count, Leaves[index], at == 0 ? 2 : at - 1, proof));
                Assert.False(MerkleTree.VerifyInclusion(root, count, Roots[0], at, proof));
                Assert.False(MerkleTree.VerifyInclusion(Roots[size - 1], count, Leaves[index], at, proof));
                Assert.All(Mutations(proof), changed =>
                    Assert.False(MerkleTree.VerifyInclusion(root, count, Leaves[index], at, changed)));
            }
        }
    }

    [Fact]
    public void Every_size_extends_every_smaller_one_and_no_changed_proof_is_accepted()
    {
        for (int size = 1; size <= SizeMax; size++)
        {
            for (int earlier = 1; earlier <= size; earlier++)
            {
                Digest[] proof = MerkleTree.ConsistencyProof(Leaves.AsSpan(0, size), earlier);
                ulong before = (ulong)earlier;
                ulong after = (ulong)size;
                Assert.True(MerkleTree.VerifyConsistency(Roots[earlier], before, Roots[size], after, proof));
                Assert.All(Mutations(proof), changed => Assert.False(
                    MerkleTree.VerifyConsistency(Roots[earlier], before, Roots[size], after, changed)));
                if (earlier < size)
                {
                    Digest other = Digest.Sha256("other"u8);
                    Assert.False(MerkleTree.VerifyConsistency(other, before, Roots[size], after, proof));
                    Assert.False(MerkleTree.VerifyConsistency(Roots[earlier], before, other, after, proof));
                    Assert.False(MerkleTree.VerifyConsistency(Roots[size], after, Roots[earlier], before, proof));
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_proved_of_the_empty_tree()
    {
        Assert.Equal(Digest.Sha256([]), MerkleTree.EmptyRoot);
        Assert.False(MerkleTree.VerifyConsistency(Roots[0], 0, Roots[5], 5, []));
        Assert.False(MerkleTree.VerifyConsistency(Roots[0], 0, Roots[5], 5, [Roots[5]]));
        Assert.False(MerkleTree.VerifyConsistency(Roots[1], 0, Roots[5], 5, []));
        Assert.False(MerkleTree.VerifyConsistency(Roots[0], 0, Roots[0], 0, []));
        Assert.False(MerkleTree.VerifyInclusion(Roots[0], 0, Leaves[0], 0, []));
    }

    [Fact]
    public void A_node_does_not_pass_for_a_leaf()
    {
        Digest node = MerkleTree.HashNode(Leaves[0], Leaves[1]);
        Assert.Equal(node, Roots[2]);
        Assert.NotEqual(node, MerkleTree.HashLeaf([.. Leaves[0].ToArray(), .. Leaves[1].ToArray()]));
    }

    [Fact]
    public void A_leaf_that_is_not_there_has_no_proof()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof(Leaves, SizeMax));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof(Leaves, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyProof(Leaves, SizeMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyProof(Leaves, -1));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(7, 7, true)]
    [InlineData(3, 5, false)]
    [InlineData(4, 7, true)]
    [InlineData(6, 9, false)]
    [InlineData(5, 4, false)]
    public void A_subtree_starts_at_a_multiple_of_its_rounded_length(int start, int end, bool expected) =>
        Assert.Equal(expected, MerkleTree.IsSubtree((ulong)start, (ulong)end));

    [Fact]
    public void Every_leaf_of_a_subtree_is_proved_within_it_and_no_leaf_outside_it()
    {
        Digest[] proof = MerkleTree.InclusionProof(Leaves.AsSpan(8, 5), 2);
        Digest root = MerkleTree.Root(Leaves.AsSpan(8, 5));
        Assert.True(MerkleTree.VerifySubtreeInclusion(root, 8, 13, Leaves[10], 10, proof));
        Assert.False(MerkleTree.VerifySubtreeInclusion(root, 8, 13, Leaves[10], 2, proof));
        Assert.False(MerkleTree.VerifySubtreeInclusion(root, 9, 14, Leaves[10], 11, proof));
        Assert.False(MerkleTree.VerifySubtreeInclusion(root, 16, 21, Leaves[10], 10, proof));
    }

    [Theory]
    [InlineData(ulong.MaxValue, ulong.MaxValue - 1, 64)]
    [InlineData(ulong.MaxValue, 0UL, 64)]
    [InlineData(1UL << 63, 0UL, 63)]
    [InlineData(1UL, 0UL, 1_000)]
    public void Absurd_sizes_and_proofs_are_refused(ulong size, ulong index, int length)
    {
        var proof = new Digest[length];
        Assert.False(MerkleTree.VerifyInclusion(Roots[3], size, Leaves[0], index, proof));
        Assert.False(MerkleTree.VerifyConsistency(Roots[3], index, Roots[4], size, proof));
        Assert.False(MerkleTree.VerifyConsistency(Roots[3], size, Roots[4], index, proof));
        Assert.False(MerkleTree.VerifySubtreeConsistency(Roots[3], index, size, Roots[4], size, proof));
        Assert.False(MerkleTree.VerifySubtreeInclusion(Roots[3], index, size, Leaves[0], index, proof));
    }

    [Fact]
    public void No_numbers_and_no_proof_make_verifying_throw_or_accept() => Prop.ForAll<ulong, ulong, byte[]>(
        (size, index, seeds) =>
        {
            Digest[] proof = [.. seeds.Select(seed => Digest.Sha256([seed]))];
            Digest root = Digest.Sha256("root"u8);
            Digest leaf = Digest.Sha256("leaf"u8);
            return !MerkleTree.VerifyInclusion(root, size, leaf, index, proof)
                && !MerkleTree.VerifyConsistency(root, size, leaf, index, proof)
                && !MerkleTree.VerifySubtreeConsistency(root, index, size, leaf, size, proof)
                && !MerkleTree.VerifySubtreeInclusion(root, index, size, leaf, index, proof);
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<Digest[]> Mutations(Digest[] proof)
    {
        yield return [.. proof, Digest.Sha256("more"u8)];
        yield return [Digest.Sha256("more"u8), .. proof];
        for (int i = 0; i < proof.Length; i++)
        {
            yield return [.. proof[..i], .. proof[(i + 1)..]];
            byte[] bytes = proof[i].ToArray();
            bytes[i % bytes.Length] ^= 1;
            yield return [.. proof[..i], Digest.FromBytes(bytes), .. proof[(i + 1)..]];
        }

        if (proof.Length > 1)
        {
            yield return [.. proof.Reverse()];
        }
    }

    // MTH of RFC 6962 section 2.1, word for word.
    private static Digest RecursiveRoot(Digest[] leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? Digest.Sha256([]) : leaves[0];
        }

        int split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        byte[] left = RecursiveRoot(leaves[..split]).ToArray();
        byte[] right = RecursiveRoot(leaves[split..]).ToArray();
        return Digest.Sha256([1, .. left, .. right]);
    }
}
