using Consortium.Ledger.Members;

namespace Consortium.Silo.Membership;

/// <summary>Ends connections with silos whose certificate would not let them in any more.</summary>
/// <remarks>
/// A certificate is checked when a connection is made; a connection may outlive what was true then. Looks at every open one when it
/// is registered, when the members change, and when the next certificate expires. May be used by any number of threads.
/// </remarks>
public sealed partial class MemberConnections : IDisposable
{
    // Bounds how late an expiry is noticed after the wall clock was set; timers do not take 50 days or more anyway.
    private static readonly TimeSpan LooksLeastEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan LooksMostEvery = TimeSpan.FromMilliseconds(1);

    private readonly MemberDirectory _directory;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<MemberConnections> _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly HashSet<MemberConnection> _open = [];
    private bool _disposed;

    /// <summary>A registry without connections.</summary>
    /// <param name="directory">The present members.</param>
    /// <param name="timeProvider">The clock that certificates expire by.</param>
    /// <param name="logger">Is told which connections are ended and why.</param>
    public MemberConnections(MemberDirectory directory, TimeProvider timeProvider, ILogger<MemberConnections> logger)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _directory = directory;
        _timeProvider = timeProvider;
        _logger = logger;
        _timer = timeProvider.CreateTimer(static self => ((MemberConnections)self!).Review(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        directory.Changed += Review;
    }

    /// <summary>Connections that are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Watches over a connection, which may be aborted before this returns when things changed since its certificate was checked.</summary>
    /// <param name="member">The member that the check of the certificate found.</param>
    /// <param name="silo">The silo that the certificate names.</param>
    /// <param name="expires">The certificate's last moment, UTC.</param>
    /// <param name="abort">Ends the connection; called at most once, on any thread; must not block.</param>
    /// <returns>To be disposed when the connection is closed.</returns>
    /// <exception cref="ObjectDisposedException">The registry is disposed.</exception>
    public MemberConnection Register(Member member, string silo, DateTimeOffset expires, Action abort)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(abort);
        var connection = new MemberConnection(this, member, silo, expires, abort);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _open.Add(connection);
        }

        Review();
        return connection;
    }

    /// <summary>Stops watching; open connections stay open.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _open.Clear();
        }

        _directory.Changed -= Review;
        _timer.Dispose();
    }

    internal void Forget(MemberConnection connection)
    {
        lock (_gate)
        {
            _open.Remove(connection);
        }
    }

    private static string? WhyNotOpen(MemberConnection connection, IReadOnlyCollection<Member> members, DateTimeOffset now)
    {
        var current = members.FirstOrDefault(member => member.Id == connection.Member.Id);
        return current switch
        {
            null => "it is no member in the present governance state any more",
            _ when current.ProducerKey != connection.Member.ProducerKey =>
                "it changed its producer key, so it has to issue another certificate to the silo",
            _ when now >= connection.Expires => "the certificate expired, so it has to issue another one to the silo",
            _ => null,
        };
    }

    private void Review()
    {
        var ending = new List<(MemberConnection Connection, string Why)>();
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var now = _timeProvider.GetUtcNow();
            var members = _directory.Members;
            foreach (var connection in _open)
            {
                if (WhyNotOpen(connection, members, now) is { } why)
                {
                    ending.Add((connection, why));
                }
            }

            // The thread that takes a connection out of the list is the one that aborts it.
            ending.ForEach(entry => _open.Remove(entry.Connection));
            _timer.Change(UntilNextLook(now), Timeout.InfiniteTimeSpan);
        }

        foreach (var (connection, why) in ending)
        {
            End(connection, why);
        }
    }

    private TimeSpan UntilNextLook(DateTimeOffset now)
    {
        if (_open.Count == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var next = _open.Min(connection => connection.Expires) - now;
        return next > LooksLeastEvery ? LooksLeastEvery : next < LooksMostEvery ? LooksMostEvery : next;
    }

    private void End(MemberConnection connection, string why)
    {
        LogEnded(_logger, connection.Silo, connection.Member.Name, connection.Member.Id, why);
        try
        {
            connection.Abort();
        }
        catch (Exception exception)
        {
            // One connection that cannot be ended must not keep the others open.
            LogNotAborted(_logger, exception, connection.Silo);
        }
    }
}
