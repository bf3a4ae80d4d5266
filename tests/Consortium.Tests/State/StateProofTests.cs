using System.Security.Cryptography;
using Consortium.Ledger;
using Consortium.Ledger.State;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.State;

public sealed class StateProofTests
{
    private static readonly Arbitrary<int[]> KeySets =
        Gen.Choose(0, StateKeys.Count - 1).ArrayOf().ToArbitrary();

    [Fact]
    public void Every_key_has_a_proof_of_presence_or_absence_and_not_of_the_other() =>
        Prop.ForAll(KeySets, keys =>
        {
            SparseMerkleTree tree = Tree(keys);
            for (int key = 0; key < StateKeys.Count; key++)
            {
                Digest path = StateKeys.Path(key);
                byte[] encoded = tree.Prove(path).Encode();
                Assert.True(encoded.Length <= StateProof.EncodedLengthMax);
                Assert.True(StateProof.TryDecode(encoded, out StateProof? proof));
                Assert.Equal(encoded, proof.Encode());

                bool present = keys.Contains(key);
                Assert.Equal(present, StateProof.Verify(tree.Root, path, StateKeys.Value(key), proof));
                Assert.Equal(!present, StateProof.VerifyAbsence(tree.Root, path, proof));
                Assert.False(StateProof.Verify(tree.Root, path, StateKeys.Value(key + 1), proof));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void No_proof_holds_for_another_root_or_another_present_key() =>
        Prop.ForAll(KeySets, keys =>
        {
            SparseMerkleTree tree = Tree(keys);
            SparseMerkleTree other = Tree([.. keys.Append(StateKeys.Count)]);
            foreach (int key in keys)
            {
                Digest path = StateKeys.Path(key);
                StateProof proof = tree.Prove(path);
                Assert.False(StateProof.Verify(other.Root, path, StateKeys.Value(key), proof));
                for (int absent = 0; absent < StateKeys.Count; absent++)
                {
                    Assert.False(StateProof.VerifyAbsence(tree.Root, path, tree.Prove(StateKeys.Path(absent))));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData(new[] { 0, 3, 6, 9, 12, 15, 1, 4, 2, 5 }, 3, StateProofKind.Presence)]
    [InlineData(new[] { 0, 3, 6, 9, 12, 15, 1, 4, 2, 5 }, 4, StateProofKind.Presence)]
    [InlineData(new[] { 0, 3, 6, 9, 12, 15, 1, 4, 2, 5 }, 8, StateProofKind.EmptySlot)]
    [InlineData(new[] { 0, 3, 6, 9, 12, 15, 1, 4, 2, 5 }, 42, StateProofKind.OtherLeaf)]
    [InlineData(new int[0], 3, StateProofKind.EmptySlot)]
    [InlineData(new[] { 6 }, 6, StateProofKind.Presence)]
    [InlineData(new[] { 6 }, 7, StateProofKind.OtherLeaf)]
    public void A_proof_with_any_bit_flipped_fails(int[] keys, int key, StateProofKind kind)
    {
        SparseMerkleTree tree = Tree(keys);
        Digest path = StateKeys.Path(key);
        byte[] encoded = tree.Prove(path).Encode();
        Assert.True(StateProof.TryDecode(encoded, out StateProof? intact));
        Assert.Equal(kind, intact.Kind);
        Assert.True(Shows(tree.Root, path, key, intact));
        for (int bit = 0; bit < encoded.Length * 8; bit++)
        {
            byte[] flipped = [.. encoded];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (StateProof.TryDecode(flipped, out StateProof? proof))
            {
                Assert.False(Shows(tree.Root, path, key, proof), $"bit {bit}");
                Assert.Equal(flipped, proof.Encode());
            }
        }
    }

    [Fact]
    public void A_shortened_or_lengthened_proof_is_no_proof()
    {
        byte[] encoded = Tree([0, 3, 6, 1, 4]).Prove(StateKeys.Path(4)).Encode();
        for (int length = 0; length < encoded.Length; length++)
        {
            Assert.False(StateProof.TryDecode(encoded.AsSpan(0, length), out _));
        }

        Assert.False(StateProof.TryDecode([.. encoded, 0], out _));
    }

    [Fact]
    public void Bytes_that_are_not_canonical_are_no_proof()
    {
        byte[] sibling = [.. Enumerable.Repeat((byte)1, 32)];
        Assert.True(StateProof.TryDecode([1, 0, 1, 0x80, .. sibling], out _));
        Assert.False(StateProof.TryDecode([3, 0, 1, 0x80, .. sibling], out _));
        Assert.False(StateProof.TryDecode([1, 0, 1, 0x40, .. sibling], out _));
        Assert.False(StateProof.TryDecode([1, 0, 1, 0x80, .. new byte[32]], out _));
        Assert.False(StateProof.TryDecode([1, 1, 1, .. new byte[33]], out _));
        Assert.True(StateProof.TryDecode([1, 1, 0, .. new byte[32]], out _));
    }

    [Fact]
    public void Arbitrary_bytes_neither_throw_nor_prove() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Choose(0, 3).ToArbitrary(), (bytes, kind) =>
        {
            byte[] candidate = [(byte)kind, 0, .. bytes];
            Digest root = Tree([0, 1, 2]).Root;
            if (StateProof.TryDecode(candidate, out StateProof? proof))
            {
                Assert.Equal(candidate, proof.Encode());
                Assert.False(Shows(root, StateKeys.Path(0), 0, proof));
                Assert.False(Shows(root, StateKeys.Path(9), 9, proof));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_missing_proof_shows_nothing()
    {
        Assert.False(StateProof.Verify(default, default, [], null));
        Assert.False(StateProof.VerifyAbsence(default, default, null));
    }

    /// <summary>The other leaf of an absence proof must lie under the same slot, or any leaf would do.</summary>
    [Fact]
    public void A_leaf_elsewhere_shows_no_absence()
    {
        SparseMerkleTree tree = Tree([0, 3, 6, 9, 12, 15]);
        Digest present = StateKeys.Path(0);
        byte[] own = tree.Prove(present).Encode();
        byte[] value = Digest.Sha256(StateKeys.Value(0)).ToArray();
        Assert.True(StateProof.TryDecode(
            [(byte)StateProofKind.OtherLeaf, .. own[1..], .. present.ToArray(), .. value], out StateProof? forged));
        Assert.False(StateProof.VerifyAbsence(tree.Root, present, forged));

        byte[] elsewhere = present.ToArray();
        elsewhere[0] ^= 0x80;
        Assert.False(StateProof.VerifyAbsence(tree.Root, Digest.FromBytes(elsewhere), forged));
        byte[] below = present.ToArray();
        below[31] ^= 1;
        Assert.True(StateProof.VerifyAbsence(tree.Root, Digest.FromBytes(below), forged));
    }

    [Fact]
    public void A_leaf_out_of_its_place_shows_nothing_even_under_a_matching_root()
    {
        byte[] sibling = [.. Enumerable.Repeat((byte)1, 32)];
        byte[] valueHash = new byte[32];
        byte[] right = [0x80, .. new byte[31]];
        byte[] left = new byte[32];
        byte[] leaf = SHA256.HashData([0, .. right, .. valueHash]);
        Digest root = Digest.Sha256([1, .. leaf, .. sibling]);
        Assert.True(StateProof.TryDecode(
            [(byte)StateProofKind.OtherLeaf, 0, 1, 0x80, .. sibling, .. right, .. valueHash], out StateProof? proof));
        Assert.False(StateProof.VerifyAbsence(root, Digest.FromBytes(left), proof));
    }

    private static bool Shows(Digest root, Digest path, int key, StateProof proof) =>
        StateProof.Verify(root, path, StateKeys.Value(key), proof) || StateProof.VerifyAbsence(root, path, proof);

    private static SparseMerkleTree Tree(int[] keys)
    {
        var tree = new SparseMerkleTree();
        tree.Update(
            [.. keys.Distinct().Select(key =>
                new TreeChange(StateKeys.Key(key), StateKeys.Path(key), StateKeys.Value(key)))]);
        return tree;
    }
}
