using Consortium.Ledger.Members;

namespace Consortium.Api;

/// <summary>A member institution.</summary>
/// <param name="Id"><c>mem1…</c>.</param>
/// <param name="Party">The member seen as a beneficial owner, <c>pty1…</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Lei">ISO 17442.</param>
/// <param name="Authority">Whose signatures open and freeze accounts.</param>
/// <param name="ProducerKey">The key that signs the headers it seals.</param>
public sealed record MemberResponse(
    string Id,
    string Party,
    string Name,
    string Lei,
    AuthorityJson Authority,
    string ProducerKey)
{
    /// <summary>Describes a member.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The response.</returns>
    public static MemberResponse From(Member member) => new(
        member.Id.ToString(),
        Ledger.Ids.Derive.Party(member.Id).ToString(),
        member.Name,
        member.Lei,
        AuthorityJson.From(member.Authority),
        member.ProducerKey.ToString());
}
