using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Tests.Node;

/// <summary>Calls to a shard may come late, twice, or from an activation that is over.</summary>
public sealed class StateShardTests
{
    private static readonly AccountId Account = new(Digest.Sha256([1]));
    private static readonly StateKey Key = StateKey.Holding(Account, Instrument.Full(new AssetId(Digest.Sha256([2]))));
    private static readonly Epoch First = new(1, 1);
    private static readonly Epoch Second = new(9, 1);

    private readonly StateShard _shard = new(Key.Shard(1), 1);

    [Fact]
    public void Readers_wait_until_the_shard_is_open_and_learn_the_position()
    {
        Begin(First);
        Assert.Throws<StorageException>(() => _shard.Read([Key]));
        Assert.Throws<StorageException>(() => _shard.Holdings(Account));
        Assert.Throws<StorageException>(() => _shard.Prove(Key));
        Write(First, previous: 0, position: 3, units: 5);
        _shard.Open(First);
        var read = _shard.Read([Key]);
        Assert.Equal(3ul, read.Position);
        Assert.Equal(Value(5), Assert.Single(read.Values));
        Assert.Equal(3ul, _shard.Holdings(Account).Position);
    }

    [Fact]
    public void A_restore_closes_the_shard_to_readers()
    {
        Begin(First);
        _shard.Open(First);
        Begin(Second);
        Assert.Throws<StorageException>(() => _shard.Read([Key]));
    }

    [Fact]
    public void A_restore_that_comes_again_late_takes_nothing_back()
    {
        var root = Begin(First);
        Write(First, previous: 0, position: 3, units: 5);
        Assert.Equal(root, Begin(First));
        Assert.Equal(Value(5), Assert.Single(_shard.Gather(First, [Key])));
    }

    [Fact]
    public void An_activation_that_is_over_is_refused_everything()
    {
        Begin(First);
        Begin(Second);
        Assert.Throws<ShardMovedException>(() => Begin(First));
        Assert.Throws<ShardMovedException>(() => _shard.Open(First));
        Assert.Throws<ShardMovedException>(() => _shard.Gather(First, [Key]));
        Assert.Throws<ShardMovedException>(() => Write(First, 0, 3, 5));
        Assert.Throws<ShardMovedException>(() => _shard.BeginCut(First, 1, 0));
        Assert.Throws<ShardMovedException>(() => _shard.FinishCut(First, 1, new Dictionary<StateKey, byte[]>(), takesSnapshot: true));
        Assert.Throws<ShardMovedException>(() => _shard.Export(First, 0, 0));
        Assert.Throws<ShardMovedException>(() => _shard.EndRestore(First, 0, 0));
    }

    [Fact]
    public void A_shard_that_began_again_empty_is_told_apart() =>
        Assert.Throws<ShardMovedException>(() => Write(First, previous: 3, position: 4, units: 5));

    [Fact]
    public void A_batch_that_comes_twice_is_applied_once()
    {
        Begin(First);
        Write(First, previous: 0, position: 3, units: 5);
        Write(First, previous: 3, position: 4, units: 6);
        Write(First, previous: 0, position: 3, units: 5);
        Assert.Equal(Value(6), Assert.Single(_shard.Gather(First, [Key])));
    }

    [Fact]
    public void A_cut_covers_its_position_even_when_later_batches_came_first()
    {
        Begin(First);
        Write(First, previous: 0, position: 3, units: 5);
        var alone = Cut(1, 3);

        var other = new StateShard(Key.Shard(1), 1);
        Begin(other, First);
        other.Apply(First, new ShardWrites(0, 3, [KeyValuePair.Create(Key, Value(5))]));
        other.Apply(First, new ShardWrites(3, 4, [KeyValuePair.Create(Key, Value(6))]));
        Assert.Equal(alone, other.FinishCut(First, 1, other.BeginCut(First, 1, 3), takesSnapshot: false));
        Assert.NotEqual(alone, other.FinishCut(First, 2, other.BeginCut(First, 2, 4), takesSnapshot: false));
    }

    [Fact]
    public void A_cut_that_comes_again_answers_the_same_and_moves_nothing()
    {
        Begin(First);
        Write(First, previous: 0, position: 3, units: 5);
        var root = Cut(1, 3);
        Write(First, previous: 3, position: 4, units: 6);
        Assert.Equal(root, Cut(1, 3));
        Assert.NotEqual(root, Cut(2, 4));
    }

    [Theory]
    [InlineData(ShardClass.Governance, false)]
    [InlineData(ShardClass.Asset, false)]
    [InlineData(ShardClass.Account, true)]
    public void A_shard_takes_keys_of_its_class_only(ShardClass shardClass, bool taken)
    {
        var shard = new StateShard(new ShardPlace(shardClass, 0).Number(1), 1);
        Assert.Equal(taken, Begin(shard, First, ShardSlice.Write([(Key.ToArray(), Value(5))])) is not null);
        var writes = new ShardWrites(0, 3, [KeyValuePair.Create(Key, Value(6))]);
        Assert.Equal(taken, Record.Exception(() => shard.Apply(First, writes)) is not InvariantBrokenException);
    }

    [Fact]
    public void An_export_is_of_a_cut_that_took_hold_of_its_state_or_refused()
    {
        Begin(First);
        Write(First, previous: 0, position: 3, units: 5);
        Cut(1, 3, takesSnapshot: true);
        Cut(2, 3);
        Assert.Single(Export(1));
        Assert.Throws<StorageException>(() => _shard.Export(First, 0, 0));
        Assert.Throws<StorageException>(() => _shard.Export(First, 2, 0));
        Cut(3, 3, takesSnapshot: true);
        Assert.Throws<StorageException>(() => _shard.Export(First, 1, 0));
        Assert.Single(Export(3));
    }

    [Fact]
    public void Later_cuts_do_not_change_what_an_export_holds_wherever_it_is()
    {
        Begin(First);
        Fill(0, 3_000, units: 5, previous: 0, position: 3);
        var root = Cut(1, 3, takesSnapshot: true);
        var expected = Export(1);
        Assert.InRange(expected.Count, 5, 100);

        // The same state is cut again; after each slice another cut changes, adds and leaves keys.
        Cut(2, 3, takesSnapshot: true);
        var (height, position) = (2ul, 3ul);
        var slices = new List<byte[]>();
        while (_shard.Export(First, 2, slices.Count) is { } slice)
        {
            slices.Add(slice);
            var from = 400 * slices.Count;
            Fill(from, from + 800, units: slices.Count, position, position + 1);
            Cut(++height, ++position);
        }

        Assert.Equal(expected, slices);
        Assert.Equal(root, Begin(new StateShard(Key.Shard(1), 1), First, [.. slices]));
        Assert.NotEqual(root, Cut(height, position));
    }

    [Fact]
    public void A_slice_is_answered_again_until_the_next_is_asked_for()
    {
        Begin(First);
        Fill(0, 3_000, units: 5, previous: 0, position: 3);
        Cut(1, 3, takesSnapshot: true);
        var first = _shard.Export(First, 1, 0);
        Assert.Same(first, _shard.Export(First, 1, 0));
        Assert.Throws<StorageException>(() => _shard.Export(First, 1, 2));
        Assert.NotNull(_shard.Export(First, 1, 1));
        Assert.Throws<StorageException>(() => _shard.Export(First, 1, 0));
    }

    [Fact]
    public void The_end_of_an_export_is_answered_again()
    {
        Begin(First);
        Cut(1, 0, takesSnapshot: true);
        Assert.Null(_shard.Export(First, 1, 0));
        Assert.Null(_shard.Export(First, 1, 0));
    }

    [Fact]
    public void Slices_are_small_enough_to_be_no_large_objects()
    {
        Begin(First);
        Fill(0, 3_000, units: 5, previous: 0, position: 3);
        Cut(1, 3, takesSnapshot: true);
        Assert.All(Export(1), slice => Assert.InRange(slice.Length, 1, 80_000));
    }

    [Fact]
    public void A_slice_that_comes_again_late_adds_nothing()
    {
        Fill();
        var slices = Export(1);
        var other = new StateShard(Key.Shard(1), 1);
        other.Restore(Second, 0, slices[0]);
        other.Restore(Second, 0, slices[0]);
        for (var slice = 1; slice < slices.Count; slice++)
        {
            other.Restore(Second, slice, slices[slice]);
            other.Restore(Second, slice - 1, slices[slice - 1]);
        }

        var root = other.EndRestore(Second, 1, 3);
        Assert.Equal(Cut(2, 3), root);
        other.Apply(Second, new ShardWrites(3, 4, [KeyValuePair.Create(Key, Value(6))]));
        other.Restore(Second, 0, slices[0]);
        Assert.Equal(root, other.EndRestore(Second, 1, 3));
        other.Apply(Second, new ShardWrites(4, 5, [KeyValuePair.Create(KeyOf(0), Value(7))]));
        Assert.Equal([Value(6), Value(7)], other.Gather(Second, [Key, KeyOf(0)]));

        void Fill()
        {
            Begin(First);
            this.Fill(0, 3_000, units: 5, previous: 0, position: 3);
            Cut(1, 3, takesSnapshot: true);
        }
    }

    [Fact]
    public void A_shard_that_restarted_between_two_slices_is_told_apart()
    {
        var fresh = new StateShard(Key.Shard(1), 1);
        Assert.Throws<ShardMovedException>(() => fresh.Restore(First, 1, default));
        Assert.Throws<ShardMovedException>(() => fresh.EndRestore(First, 0, 0));
    }

    [Fact]
    public void A_damaged_slice_is_told_at_the_end()
    {
        var slice = ShardSlice.Write([(Key.ToArray(), Value(5))]);
        Assert.Null(Begin(_shard, First, slice[..^1]));
        Assert.Null(Begin(_shard, Second, slice, slice));
        Assert.NotNull(Begin(_shard, new Epoch(9, 2), slice));
    }

    [Fact]
    public async Task A_cut_is_not_held_up_by_an_export_in_the_middle()
    {
        Begin(First);
        Fill(0, 3_000, units: 5, previous: 0, position: 3);
        var scheduler = new ManualScheduler();
        var local = new LocalShard(_shard, scheduler);
        var cut = local.CutAsync(First, 1, 3, takesSnapshot: true, default).AsTask();
        scheduler.RunAll();
        await cut;
        var slice = local.ExportAsync(First, 1, 0, default).AsTask();
        scheduler.RunAll();
        Assert.NotNull(await slice);

        // The export has begun and not ended; the next batch does not wait for it.
        Write(First, previous: 3, position: 4, units: 6);
        var next = local.CutAsync(First, 2, 4, takesSnapshot: false, default).AsTask();
        Assert.Equal(1, scheduler.RunAll());
        Assert.True(next.IsCompletedSuccessfully);
        Assert.NotEqual(await cut, await next);
    }

    private static byte[] Value(int units) => (Holding.Empty with { Posted = units }).Encode();

    private static StateKey KeyOf(int number) => StateKey.Holding(Account, Instrument.Full(new AssetId(Digest.Sha256(BitConverter.GetBytes(number)))));

    private Digest? Begin(Epoch epoch) => Begin(_shard, epoch);

    private static Digest? Begin(StateShard shard, Epoch epoch, params byte[][] slices)
    {
        var count = 0;
        foreach (var slice in slices.DefaultIfEmpty([]))
        {
            shard.Restore(epoch, count++, slice);
        }

        return shard.EndRestore(epoch, height: 0, position: 0);
    }

    // The keys from one number up to another get as many units each.
    private void Fill(int from, int to, int units, ulong previous, ulong position) => _shard.Apply(
        First,
        new ShardWrites(previous, position, [.. Enumerable.Range(from, to - from).Select(number => KeyValuePair.Create(KeyOf(number), Value(units)))]));

    private List<byte[]> Export(ulong height)
    {
        var slices = new List<byte[]>();
        while (_shard.Export(First, height, slices.Count) is { } slice)
        {
            slices.Add(slice);
        }

        return slices;
    }

    private void Write(Epoch epoch, ulong previous, ulong position, int units) =>
        _shard.Apply(epoch, new ShardWrites(previous, position, [KeyValuePair.Create(Key, Value(units))]));

    private Digest Cut(ulong height, ulong position, bool takesSnapshot = false) =>
        _shard.FinishCut(First, height, _shard.BeginCut(First, height, position), takesSnapshot);
}
