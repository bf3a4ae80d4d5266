using Consortium.Ledger.Members;

namespace Consortium.Silo.Membership;

/// <summary>An open connection with a silo that was let in; disposed when it is closed, by whichever end.</summary>
public sealed class MemberConnection : IDisposable
{
    private readonly MemberConnections _connections;

    internal MemberConnection(MemberConnections connections, Member member, string silo, DateTimeOffset expires, Action abort)
    {
        _connections = connections;
        Member = member;
        Silo = silo;
        Expires = expires;
        Abort = abort;
    }

    /// <summary>The member as it was when its silo was let in.</summary>
    public Member Member { get; }

    /// <summary>The silo's name.</summary>
    public string Silo { get; }

    /// <summary>The last moment of the certificate, UTC.</summary>
    public DateTimeOffset Expires { get; }

    internal Action Abort { get; }

    /// <summary>Forgets the connection, which is closed: it is not checked or aborted any more.</summary>
    public void Dispose() => _connections.Forget(this);
}
