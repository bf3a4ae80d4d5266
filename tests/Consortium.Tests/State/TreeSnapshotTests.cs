using Consortium.Ledger.State;

namespace Consortium.Tests.State;

/// <summary>A snapshot of a tree does not change when the tree does.</summary>
public sealed class TreeSnapshotTests
{
    private readonly SparseMerkleTree _tree = new();
    private readonly Random _random = new(1);

    [Fact]
    public void Of_an_empty_tree_nothing_is_read_even_when_it_fills()
    {
        var snapshot = _tree.TakeSnapshot();
        Put(1, 2, 3);
        Assert.False(snapshot.TryRead(out _, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reading_and_updating_in_turn_gives_what_there_was_in_path_order(int seed)
    {
        var random = new Random(seed);
        Put([.. Enumerable.Range(0, 2_000)]);
        var expected = _tree.ToArray();
        var snapshot = _tree.TakeSnapshot();
        var read = new List<(byte[] Key, byte[] Value)>();
        while (true)
        {
            for (var i = random.Next(100); i > 0; i--)
            {
                if (!snapshot.TryRead(out var key, out var value))
                {
                    Assert.Equal(expected, read);
                    return;
                }

                read.Add((key, value));
                Assert.True(read.Count <= expected.Length, "More is read than there was.");
            }

            // Changes, additions and deletions, some of keys that the update before has changed.
            _tree.Update([.. Enumerable.Range(0, 60)
                .Select(_ => random.Next(3_000))
                .Distinct()
                .Select(number => Change(number, random.Next(3) == 0 ? null : [(byte)random.Next(256)]))]);
        }
    }

    [Fact]
    public void Everything_may_be_deleted_while_it_is_read()
    {
        Put([.. Enumerable.Range(0, 100)]);
        var expected = _tree.ToArray();
        var snapshot = _tree.TakeSnapshot();
        Assert.True(snapshot.TryRead(out _, out _));
        _tree.Update([.. Enumerable.Range(0, 100).Select(number => Change(number, null))]);
        Assert.Equal(expected[1..], ReadAll(snapshot));
    }

    [Fact]
    public void Two_snapshots_of_different_times_do_not_disturb_each_other()
    {
        Put([.. Enumerable.Range(0, 100)]);
        var (firstEntries, first) = (_tree.ToArray(), _tree.TakeSnapshot());
        Put([.. Enumerable.Range(50, 100)]);
        var (secondEntries, second) = (_tree.ToArray(), _tree.TakeSnapshot());
        Put([.. Enumerable.Range(0, 200)]);
        Assert.Equal(secondEntries, ReadAll(second));
        Assert.Equal(firstEntries, ReadAll(first));
    }

    [Fact]
    public void Only_what_changes_before_it_is_read_is_kept_and_each_key_once()
    {
        Put([.. Enumerable.Range(0, 100)]);
        var snapshot = _tree.TakeSnapshot();
        Assert.Equal(0, snapshot.KeptCount);
        Put([.. Enumerable.Range(0, 10)]);
        Put([.. Enumerable.Range(0, 10)]);
        Assert.Equal(10, snapshot.KeptCount);
        ReadAll(snapshot);
        Put([.. Enumerable.Range(0, 100)]);
        Assert.Equal(0, snapshot.KeptCount);
    }

    [Fact]
    public void A_snapshot_that_was_released_keeps_nothing()
    {
        Put([.. Enumerable.Range(0, 100)]);
        var snapshot = _tree.TakeSnapshot();
        Put([.. Enumerable.Range(0, 10)]);
        snapshot.Release();
        Put([.. Enumerable.Range(20, 10)]);
        Assert.Equal(0, snapshot.KeptCount);
    }

    private static List<(byte[] Key, byte[] Value)> ReadAll(TreeSnapshot snapshot)
    {
        var read = new List<(byte[] Key, byte[] Value)>();
        while (snapshot.TryRead(out var key, out var value))
        {
            read.Add((key, value));
        }

        return read;
    }

    private static TreeChange Change(int number, byte[]? value) => TreeChange.FromKey(BitConverter.GetBytes(number), value);

    private void Put(params int[] numbers)
    {
        var value = new byte[4];
        _random.NextBytes(value);
        _tree.Update([.. numbers.Select(number => Change(number, value))]);
    }
}
