using System.Reflection;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Grains.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Cluster.Tests.Local;

/// <summary>A shard of the same process is asked without a call, but believed no more than one that answers from elsewhere.</summary>
public sealed class LocalShardTests
{
    private const int ShardCount = 1;
    private static readonly StateKey Key = StateKey.Account(new AccountId(Digest.Sha256([1])));
    private static readonly int Number = Key.Shard(ShardCount);
    private static readonly Epoch Now = new(7, 1);
    private readonly LocalShards _local = new();
    private readonly StateShard _role = new(Number, ShardCount);
    private readonly CallRecorder _calls;
    private readonly GrainShard _shard;
    private ulong _latest = Now.Activation;

    public LocalShardTests()
    {
        var grain = DispatchProxy.Create<IStateShardGrain, CallRecorder>();
        _calls = (CallRecorder)grain;
        _shard = new GrainShard(grain, _local, Number, () => _latest, TimeProvider.System);
        _role.Restore(Now, 0, ReadOnlyMemory<byte>.Empty);
        _role.EndRestore(Now, 0, 0);
        _role.Open(Now);
    }

    [Fact]
    public async Task One_of_the_same_epoch_is_written_and_read_without_a_call()
    {
        _local.Add(Number, _role);
        await _shard.ApplyAsync(Now, new ShardWrites(0, 1, [KeyValuePair.Create<StateKey, byte[]>(Key, [5])]), CancellationToken.None);
        Assert.Equal([5], Assert.Single(await _shard.GatherAsync(Now, [Key], CancellationToken.None)));
        Assert.Equal([5], Assert.Single((await _shard.ReadAsync([Key], CancellationToken.None)).Values));
        Assert.Empty(_calls.Names);
    }

    [Fact]
    public async Task One_of_another_epoch_is_not_written_or_gathered_from()
    {
        _local.Add(Number, _role);
        var later = new Epoch(Now.Activation, Now.Attempt + 1);
        await Assert.ThrowsAsync<StorageException>(async () => await _shard.GatherAsync(later, [Key], CancellationToken.None));
        await Assert.ThrowsAsync<StorageException>(async () => await _shard.ApplyAsync(later, new ShardWrites(0, 1, []), CancellationToken.None));
        Assert.Equal(["GatherAsync", "ApplyAsync"], _calls.Names);
    }

    [Theory]
    [InlineData("of an earlier activation")]
    [InlineData("closed")]
    [InlineData("gone")]
    public async Task One_that_cannot_be_believed_is_not_read(string why)
    {
        _local.Add(Number, _role);
        switch (why)
        {
            case "of an earlier activation":
                _latest++;
                break;
            case "closed":
                _role.Restore(new Epoch(Now.Activation, Now.Attempt + 1), 0, ReadOnlyMemory<byte>.Empty);
                break;
            default:
                _local.Remove(Number, _role);
                break;
        }

        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _shard.ReadAsync([Key], soon.Token));
        Assert.Contains("ReadAsync", _calls.Names, StringComparer.Ordinal);
    }

    [Fact]
    public void One_that_leaves_does_not_take_away_the_one_that_came_in_its_place()
    {
        var next = new StateShard(Number, ShardCount);
        _local.Add(Number, _role);
        _local.Add(Number, next);
        _local.Remove(Number, _role);
        Assert.Same(next, _local.Find(Number));
    }

    /// <summary>A grain that no message reaches.</summary>
    public class CallRecorder : DispatchProxy
    {
        /// <summary>The names of the methods that were called, in order.</summary>
        public IList<string> Names { get; } = [];

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Names.Add(targetMethod!.Name);
            throw new TimeoutException("Nobody answers.");
        }
    }
}
