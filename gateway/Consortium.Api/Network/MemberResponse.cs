using Consortium.Ledger.Members;

namespace Consortium.Api;

/// <summary>A member institution.</summary>
/// <param name="Id"><c>mem1…</c>.</param>
/// <param name="Party">The member seen as a beneficial owner, <c>pty1…</c>.</param>
/// <param name="Name">The display name.</param>
/// <param name="Lei">ISO 17442.</param>
/// <param name="Authority">The keys that sign to open and freeze accounts.</param>
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

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static MemberResponse FromWire(Wire.Member wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new MemberResponse(
            wire.Id,
            wire.Party,
            wire.Name,
            wire.Lei,
            AuthorityJson.FromWire(wire.Authority ?? new()),
            wire.ProducerKey);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Member ToWire() => new()
    {
        Id = Id,
        Party = Party,
        Name = Name,
        Lei = Lei,
        Authority = Authority.ToWire(),
        ProducerKey = ProducerKey,
    };
}
