using System.Security.Cryptography;
using Consortium.Ledger.State;
using Consortium.Silo.Membership;
using Consortium.Tests.Gateway;
using Consortium.Tests.Node;

namespace Consortium.Tests.Certificates;

public sealed class MemberDirectoryTests : IDisposable
{
    private readonly Consortiums _all = new();
    private readonly MemberDirectory _directory;
    private int _changes;

    public MemberDirectoryTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _directory = new MemberDirectory(NodeFixture.MakeGenesis(key, shardCount: 1));
        _directory.Update(_all.Members);
        _directory.Changed += () => _changes++;
    }

    public void Dispose() => _all.Dispose();

    [Fact]
    public void It_begins_with_the_members_of_the_genesis()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var genesis = NodeFixture.MakeGenesis(key, shardCount: 1);
        Assert.Equal(genesis.Members, new MemberDirectory(genesis).Members);
    }

    [Fact]
    public void It_tells_of_a_change_once_the_new_set_is_there()
    {
        var seen = 0;
        _directory.Changed += () => seen = _directory.Members.Count;
        _directory.Update([_all.Alpha]);
        Assert.Equal([_all.Alpha], _directory.Members);
        Assert.Equal((1, 1), (seen, _changes));
    }

    [Fact]
    public void The_same_members_in_another_order_are_no_change()
    {
        _directory.Update([.. _all.Members.Reverse()]);
        Assert.Equal(0, _changes);
    }

    [Fact]
    public void Another_producer_key_is_a_change()
    {
        _directory.Update([_all.Alpha with { ProducerKey = _all.Stranger.ProducerKey }, _all.Beta]);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void A_member_that_stands_twice_is_refused_and_nothing_changes()
    {
        Assert.Throws<ArgumentException>(() => _directory.Update([_all.Alpha, _all.Alpha]));
        Assert.Equal((2, 0), (_directory.Members.Count, _changes));
    }

    [Fact]
    public async Task It_takes_the_members_that_the_live_state_has()
    {
        await using var fixture = await NodeFixture.StartAsync();
        var node = new DelegatingNode(fixture.Node);
        await _directory.RefreshAsync(node, CancellationToken.None);
        Assert.Equal(fixture.Genesis.Members, _directory.Members);

        node.Failure = new IOException("no storage");
        await Assert.ThrowsAsync<IOException>(() => _directory.RefreshAsync(node, CancellationToken.None));
        Assert.Single(_directory.Members);

        node.Failure = null;
        node.Absent = StateKey.Member(fixture.Member);
        await _directory.RefreshAsync(node, CancellationToken.None);
        Assert.Empty(_directory.Members);
    }
}
