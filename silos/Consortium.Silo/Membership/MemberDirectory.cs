using Consortium.Gateway.Node;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Members;
using Consortium.Ledger.State;

namespace Consortium.Silo.Membership;

/// <summary>The members of the present governance state, by which connections are accepted and ended.</summary>
/// <remarks>
/// Begins with the genesis' members, because connections come before state can be read; from then on it is told. May be used by any
/// number of threads: a reader sees one set or the next, never a mixture.
/// </remarks>
public sealed class MemberDirectory
{
    private readonly Lock _gate = new();
    private volatile Member[] _members;

    /// <summary>A directory of the genesis' members.</summary>
    /// <param name="genesis">The network's genesis.</param>
    public MemberDirectory(Genesis genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        _members = Sort(genesis.Members);
    }

    /// <summary>Raised after the set of members has changed, on the thread that changed it.</summary>
    public event Action? Changed;

    /// <summary>The members, in order of their ids, without those that were expelled.</summary>
    public IReadOnlyCollection<Member> Members => _members;

    /// <summary>Replaces the set with the members of the present governance state.</summary>
    /// <param name="members">All members; one that is missing is none any more.</param>
    /// <exception cref="ArgumentException">A member occurs twice.</exception>
    public void Update(IReadOnlyCollection<Member> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var next = Sort(members);
        lock (_gate)
        {
            if (_members.SequenceEqual(next))
            {
                return;
            }

            _members = next;
        }

        Changed?.Invoke();
    }

    /// <summary>Reads the present set from the live state; if that fails, the set stays as it was.</summary>
    /// <param name="node">A node that serves; called again only when the last call is done, so that no older set replaces a newer one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the set is taken over.</returns>
    public async Task RefreshAsync(ILedgerNode node, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(node);
        var members = new List<Member>();
        foreach (var known in node.Genesis.Members)
        {
            if (await node.ReadAsync(StateKey.Member(known.Id), cancellationToken) is Member member)
            {
                members.Add(member);
            }
        }

        Update(members);
    }

    private static Member[] Sort(IReadOnlyCollection<Member> members)
    {
        Member[] sorted = [.. members.OrderBy(member => member.Id)];
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Id == sorted[i - 1].Id)
            {
                throw new ArgumentException($"The member {sorted[i].Id} stands twice.", nameof(members));
            }
        }

        return sorted;
    }
}
