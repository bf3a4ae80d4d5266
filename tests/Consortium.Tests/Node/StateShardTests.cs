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
        Assert.Throws<ShardMovedException>(() => _shard.FinishCut(First, 1, new Dictionary<StateKey, byte[]>()));
        Assert.Throws<ShardMovedException>(() => _shard.BeginExport(First, 0));
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
        other.Restore(First, default, 0, 0);
        other.Apply(First, new ShardWrites(0, 3, [KeyValuePair.Create(Key, Value(5))]));
        other.Apply(First, new ShardWrites(3, 4, [KeyValuePair.Create(Key, Value(6))]));
        Assert.Equal(alone, other.FinishCut(First, 1, other.BeginCut(First, 1, 3)));
        Assert.NotEqual(alone, other.FinishCut(First, 2, other.BeginCut(First, 2, 4)));
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
        var snapshot = StateShard.Export([(Key.ToArray(), Value(5))]);
        Assert.Equal(taken, shard.Restore(First, snapshot, height: 0, position: 0) is not null);
        var writes = new ShardWrites(0, 3, [KeyValuePair.Create(Key, Value(6))]);
        Assert.Equal(taken, Record.Exception(() => shard.Apply(First, writes)) is not InvariantBrokenException);
    }

    [Fact]
    public void An_export_is_of_the_cut_it_names_or_refused()
    {
        Begin(First);
        Write(First, previous: 0, position: 3, units: 5);
        Cut(1, 3);
        Assert.Single(_shard.BeginExport(First, 1));
        Assert.Throws<StorageException>(() => _shard.BeginExport(First, 0));
    }

    private static byte[] Value(int units) => (Holding.Empty with { Posted = units }).Encode();

    private Digest? Begin(Epoch epoch) => _shard.Restore(epoch, default, height: 0, position: 0);

    private void Write(Epoch epoch, ulong previous, ulong position, int units) =>
        _shard.Apply(epoch, new ShardWrites(previous, position, [KeyValuePair.Create(Key, Value(units))]));

    private Digest Cut(ulong height, ulong position) =>
        _shard.FinishCut(First, height, _shard.BeginCut(First, height, position));
}
