using Consortium.Ledger.Members;

namespace Consortium.Api;

/// <summary>A member of the present state.</summary>
/// <param name="Id"><c>mem1…</c>.</param>
/// <param name="Name">The display name.</param>
public sealed record DoctorMember(string Id, string Name)
{
    /// <summary>Describes a member.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The response.</returns>
    public static DoctorMember From(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new DoctorMember(member.Id.ToString(), member.Name);
    }

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static DoctorMember FromWire(Wire.DoctorMember wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new DoctorMember(wire.Id, wire.Name);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.DoctorMember ToWire() => new() { Id = Id, Name = Name };
}
