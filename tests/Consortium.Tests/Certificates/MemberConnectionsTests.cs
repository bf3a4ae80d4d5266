using System.Security.Cryptography;
using Consortium.Ledger.Members;
using Consortium.Silo.Membership;
using Consortium.Simulation.Engine;
using Consortium.Tests.Node;
using Consortium.Tests.Simulation.Engine;
using Consortium.Tests.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Tests.Certificates;

public sealed class MemberConnectionsTests : IDisposable
{
    private readonly Consortiums _all = new();
    private readonly World _world = new();
    private readonly SimulatedClock _clock;
    private readonly ListLogger<MemberConnections> _log = new();
    private readonly MemberDirectory _directory;
    private readonly MemberConnections _connections;
    private readonly List<string> _aborted = [];

    public MemberConnectionsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _directory = new MemberDirectory(NodeFixture.MakeGenesis(key, shardCount: 1));
        _directory.Update(_all.Members);
        _clock = _world.Process("silo").Clock;
        _connections = new MemberConnections(_directory, _clock, _log);
    }

    public void Dispose()
    {
        _connections.Dispose();
        _all.Dispose();
    }

    [Fact]
    public void When_a_member_is_expelled_its_connections_end_and_the_log_says_why()
    {
        Register(_all.Alpha, "alpha-1", days: 30);
        Register(_all.Beta, "beta-1", days: 30);
        Register(_all.Beta, "beta-2", days: 30);
        Assert.Equal(3, _connections.Count);

        _directory.Update([_all.Alpha]);
        Assert.Equal(["beta-1", "beta-2"], _aborted.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(1, _connections.Count);
        Assert.Equal(2, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.Equal(LogLevel.Warning, line.Level));
        Assert.All(_log.Lines, line => Assert.Contains("'Beta Bank'", line.Message, StringComparison.Ordinal));
        Assert.All(_log.Lines, line => Assert.Contains("no member in the present governance state", line.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void When_a_member_changes_its_producer_key_connections_by_the_old_one_end()
    {
        Register(_all.Beta, "beta-1", days: 30);
        var rotated = _all.Beta with { ProducerKey = _all.Stranger.ProducerKey };
        _directory.Update([_all.Alpha, rotated]);
        Assert.Equal(["beta-1"], _aborted);
        Assert.Contains("changed its producer key", _log.Lines[0].Message, StringComparison.Ordinal);

        Register(rotated, "beta-1", days: 30);
        Assert.Single(_aborted);
    }

    [Fact]
    public void A_connection_ends_when_its_certificate_does_and_not_before()
    {
        Register(_all.Alpha, "alpha-1", days: 90);
        Register(_all.Beta, "beta-1", days: 60);
        _world.RunFor(TimeSpan.FromDays(60) - TimeSpan.FromSeconds(1));
        Assert.Empty(_aborted);
        _world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["beta-1"], _aborted);
        Assert.Contains("the certificate expired", _log.Lines[0].Message, StringComparison.Ordinal);
        _world.RunFor(TimeSpan.FromDays(30));
        Assert.Equal(["beta-1", "alpha-1"], _aborted);
    }

    [Fact]
    public void An_expiry_that_a_clock_jumped_over_is_noticed_within_the_hour()
    {
        Register(_all.Alpha, "alpha-1", days: 30);
        _clock.Jump(TimeSpan.FromDays(31));
        _world.RunFor(TimeSpan.FromHours(1));
        Assert.Equal(["alpha-1"], _aborted);
    }

    [Fact]
    public void What_changed_between_the_check_and_the_registration_ends_the_connection_at_once()
    {
        _directory.Update([_all.Alpha]);
        Register(_all.Beta, "beta-1", days: 30);
        Register(_all.Alpha, "alpha-1", days: 0);
        Assert.Equal(["beta-1", "alpha-1"], _aborted);
        Assert.Equal(0, _connections.Count);
    }

    [Fact]
    public void A_connection_that_was_closed_is_not_aborted()
    {
        var connection = Register(_all.Beta, "beta-1", days: 30);
        connection.Dispose();
        connection.Dispose();
        Assert.Equal(0, _connections.Count);
        _directory.Update([_all.Alpha]);
        _world.RunFor(TimeSpan.FromDays(31));
        Assert.Empty(_aborted);
    }

    [Fact]
    public void One_connection_that_cannot_be_ended_does_not_keep_the_others_open()
    {
        _connections.Register(_all.Beta, "beta-1", _clock.GetUtcNow().AddDays(1), () => throw new InvalidOperationException("stuck"));
        Register(_all.Beta, "beta-2", days: 1);
        _directory.Update([_all.Alpha]);
        Assert.Equal(["beta-2"], _aborted);
        Assert.Equal("The connection with silo 'beta-1' could not be ended; stop this silo if it stays open", Assert.Single(_log.Lines, line => line.Level == LogLevel.Error).Message);
    }

    [Fact]
    public void Aborting_may_close_the_connection_and_register_another()
    {
        MemberConnection? connection = null;
        connection = _connections.Register(_all.Beta, "beta-1", _clock.GetUtcNow().AddDays(1), () =>
        {
            connection!.Dispose();
            Register(_all.Alpha, "alpha-1", days: 1);
        });
        _directory.Update([_all.Alpha]);
        Assert.Equal(1, _connections.Count);
    }

    [Fact]
    public void A_disposed_registry_takes_and_ends_nothing()
    {
        Register(_all.Beta, "beta-1", days: 30);
        _connections.Dispose();
        _directory.Update([_all.Alpha]);
        _world.RunFor(TimeSpan.FromDays(31));
        Assert.Empty(_aborted);
        Assert.Throws<ObjectDisposedException>(() => Register(_all.Alpha, "alpha-1", days: 1));
    }

    [Fact]
    public void The_system_s_clock_takes_the_longest_certificate()
    {
        using var connections = new MemberConnections(_directory, TimeProvider.System, NullLogger<MemberConnections>.Instance);
        connections.Register(_all.Alpha, "alpha-1", TimeProvider.System.GetUtcNow().AddDays(398), () => _aborted.Add("alpha-1"));
        Assert.Equal(1, connections.Count);
        Assert.Empty(_aborted);
    }

    private MemberConnection Register(Member member, string silo, int days) =>
        _connections.Register(member, silo, _clock.GetUtcNow().AddDays(days), () => _aborted.Add(silo));
}
