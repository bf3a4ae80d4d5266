using Consortium.Ledger;
using Consortium.Ledger.State;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.State;

public sealed class SparseMerkleTreeTests
{
    /// <summary>Blocks of (key, value seed); every fourth seed deletes.</summary>
    private static readonly Arbitrary<(int Key, int Seed)[][]> Blocks =
        Gen.Choose(0, StateKeys.Count - 1)
            .SelectMany(key => Gen.Choose(0, 4000).Select(seed => (Key: key, Seed: seed)))
            .ArrayOf()
            .ArrayOf()
            .ToArbitrary();

    [Fact]
    public void Every_block_leaves_the_root_and_content_of_the_definition() =>
        Prop.ForAll(Blocks, blocks =>
        {
            var tree = new SparseMerkleTree();
            var model = new SortedDictionary<Digest, byte[]>();
            foreach ((int Key, int Seed)[] block in blocks)
            {
                TreeChange[] changes = Changes(block);
                tree.Update(changes);
                Apply(model, changes);
                Assert.Equal(NaiveTree.Root(model), tree.Root);
                Assert.Equal(model.Count, tree.Count);
                Assert.Equal(model.Values, tree.ToArray().Select(entry => entry.Value));
                for (int key = 0; key < StateKeys.Count; key++)
                {
                    bool found = tree.TryGet(StateKeys.Path(key), out byte[]? keyBytes, out byte[]? value);
                    Assert.Equal(model.TryGetValue(StateKeys.Path(key), out byte[]? expected), found);
                    Assert.Equal(expected, value);
                    Assert.Equal(found ? StateKeys.Key(key) : null, keyBytes);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void The_root_does_not_tell_how_the_content_came_about() =>
        Prop.ForAll(Blocks, Blocks, (wanted, detour) =>
        {
            TreeChange[] changes = Changes([.. wanted.SelectMany(block => block)]);
            var direct = new SparseMerkleTree();
            direct.Update(changes);

            var roundabout = new SparseMerkleTree();
            foreach ((int Key, int Seed)[] block in detour)
            {
                roundabout.Update(Changes(block));
            }

            foreach (TreeChange change in changes)
            {
                roundabout.Update([change]);
            }

            SortedSet<Digest> kept = [.. changes.Select(change => change.Path)];
            roundabout.Update(
                [.. AllDeleted().Where(change => !kept.Contains(change.Path))]);
            Assert.Equal(direct.Root, roundabout.Root);
            Assert.Equal(direct.InnerNodeCount, roundabout.InnerNodeCount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Deleting_what_a_block_added_restores_the_earlier_root() =>
        Prop.ForAll(Blocks, Blocks, (before, added) =>
        {
            var tree = new SparseMerkleTree();
            tree.Update(Changes([.. before.SelectMany(block => block)]));
            Digest root = tree.Root;
            int innerNodes = tree.InnerNodeCount;
            TreeChange[] changes =
            [
                .. Changes([.. added.SelectMany(block => block)])
                    .Where(change => change.Value is not null && !tree.TryGet(change.Path, out _, out _)),
            ];

            tree.Update(changes);
            tree.Update([.. changes.Select(change => change with { Value = null })]);
            Assert.Equal(root, tree.Root);
            Assert.Equal(innerNodes, tree.InnerNodeCount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Deleting_everything_gives_every_node_back() =>
        Prop.ForAll(Blocks, blocks =>
        {
            var tree = new SparseMerkleTree();
            foreach ((int Key, int Seed)[] block in blocks)
            {
                tree.Update(Changes(block));
            }

            tree.Update(AllDeleted());
            Assert.Equal(default, tree.Root);
            Assert.Equal(0, tree.Count);
            Assert.Equal(0, tree.InnerNodeCount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_snapshot_of_many_entries_rebuilds_the_tree_whatever_its_order()
    {
        TreeChange[] changes = [.. Enumerable.Range(0, 30_000).Select(i => Change(i, i))];
        var tree = new SparseMerkleTree();
        foreach (TreeChange[] block in changes.Chunk(777))
        {
            tree.Update(block);
        }

        (byte[] Key, byte[] Value)[] entries = tree.ToArray();
        Assert.Equal(30_000, entries.Length);
        Assert.Equal(tree.Root, SparseMerkleTree.FromEntries(entries).Root);
        Array.Reverse(entries);
        Assert.Equal(tree.Root, SparseMerkleTree.FromEntries(entries).Root);

        tree.Update([.. changes.Skip(10_000).Select(change => change with { Value = null })]);
        Assert.Equal(
            NaiveTree.Root(changes.Take(10_000).ToDictionary(change => change.Path, change => change.Value!)),
            tree.Root);
    }

    [Fact]
    public void A_load_larger_than_the_kept_buffers_leaves_a_tree_that_goes_on()
    {
        TreeChange[] changes = [.. Enumerable.Range(0, 140_000).Select(i => Change(i, i))];
        var tree = new SparseMerkleTree();
        tree.Update(changes);
        Digest root = tree.Root;
        tree.Update([changes[5] with { Value = [1] }]);
        Assert.NotEqual(root, tree.Root);
        tree.Update([changes[5]]);
        Assert.Equal(root, tree.Root);
    }

    [Fact]
    public void A_list_of_entries_stays_as_it_is_while_the_tree_moves_on()
    {
        var tree = new SparseMerkleTree();
        tree.Update([Change(1, 10), Change(2, 20)]);
        Digest root = tree.Root;
        (byte[] Key, byte[] Value)[] entries = tree.ToArray();
        tree.Update([Change(1, 11), Change(2, 20) with { Value = null }, Change(3, 30)]);
        Assert.Equal(root, SparseMerkleTree.FromEntries(entries).Root);
    }

    [Fact]
    public void An_empty_value_is_not_absence()
    {
        var tree = new SparseMerkleTree();
        tree.Update([TreeChange.FromKey([7], [])]);
        Assert.True(tree.TryGet(Digest.Sha256([7]), out _, out byte[]? value));
        Assert.Empty(value);
        Assert.NotEqual(default, tree.Root);
    }

    [Fact]
    public void A_key_that_changes_twice_is_refused_and_nothing_changes()
    {
        var tree = new SparseMerkleTree();
        tree.Update([Change(1, 10)]);
        Digest root = tree.Root;
        Assert.Throws<ArgumentException>(() => tree.Update([Change(2, 1), Change(1, 11), Change(2, 2)]));
        Assert.Throws<ArgumentNullException>(() => tree.Update([Change(2, 1), new TreeChange(null!, default, [])]));
        Assert.Equal(root, tree.Root);
        Assert.Equal(1, tree.Count);
    }

    private static TreeChange Change(int key, int seed) =>
        TreeChange.FromKey(BitConverter.GetBytes(key), StateKeys.Value(seed));

    /// <summary>The changes of a block; of several to one key the last counts.</summary>
    private static TreeChange[] Changes((int Key, int Seed)[] block) =>
    [
        .. block.GroupBy(change => StateKeys.Path(change.Key)).Select(group => new TreeChange(
            StateKeys.Key(group.Last().Key),
            group.Key,
            group.Last().Seed % 4 == 0 ? null : StateKeys.Value(group.Last().Seed))),
    ];

    private static TreeChange[] AllDeleted() =>
    [
        .. Enumerable.Range(0, StateKeys.Count)
            .Select(key => new TreeChange(StateKeys.Key(key), StateKeys.Path(key), null)),
    ];

    private static void Apply(SortedDictionary<Digest, byte[]> model, TreeChange[] changes)
    {
        foreach (TreeChange change in changes)
        {
            if (change.Value is null)
            {
                model.Remove(change.Path);
            }
            else
            {
                model[change.Path] = change.Value;
            }
        }
    }
}
