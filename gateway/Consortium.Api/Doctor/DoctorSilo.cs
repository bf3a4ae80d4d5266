namespace Consortium.Api;

/// <summary>A silo's row in the membership table together with its own report.</summary>
/// <param name="Address">Where other silos reach it, or the machine's name.</param>
/// <param name="Membership">Its status in the membership table; <c>active</c> is the one that serves.</param>
/// <param name="StartedMs">When it started, UTC milliseconds.</param>
/// <param name="Member">The member's id; absent when it did not answer, and of a process for all members.</param>
/// <param name="Status">Its node's status; absent when it did not answer.</param>
/// <param name="Version">The program's version.</param>
/// <param name="ClockSkewMs">Milliseconds that the silo's clock is ahead of the gateway's.</param>
/// <param name="ClockUncertaintyMs">Milliseconds by which that may be wrong: half the time that the answer took.</param>
/// <param name="CertificateExpiresMs">The last moment of its member certificate, UTC milliseconds; absent without one.</param>
/// <param name="Fault">Why the silo did not answer; absent when it did.</param>
public sealed record DoctorSilo(
    string Address,
    string Membership,
    ulong StartedMs,
    string? Member = null,
    string? Status = null,
    string? Version = null,
    long? ClockSkewMs = null,
    long? ClockUncertaintyMs = null,
    long? CertificateExpiresMs = null,
    string? Fault = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static DoctorSilo FromWire(Wire.DoctorSilo wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new DoctorSilo(
            wire.Address,
            wire.Membership,
            wire.StartedMs,
            wire.HasMember ? wire.Member : null,
            wire.HasStatus ? wire.Status : null,
            wire.HasVersion ? wire.Version : null,
            wire.HasClockSkewMs ? wire.ClockSkewMs : null,
            wire.HasClockUncertaintyMs ? wire.ClockUncertaintyMs : null,
            wire.HasCertificateExpiresMs ? wire.CertificateExpiresMs : null,
            wire.HasFault ? wire.Fault : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.DoctorSilo ToWire()
    {
        var wire = new Wire.DoctorSilo { Address = Address, Membership = Membership, StartedMs = StartedMs };
        if (Fault is not null)
        {
            wire.Fault = Fault;
        }

        if (Member is not null)
        {
            wire.Member = Member;
        }

        if (Status is not null)
        {
            wire.Status = Status;
        }

        if (Version is not null)
        {
            wire.Version = Version;
        }

        WriteTimes(wire);
        return wire;
    }

    private void WriteTimes(Wire.DoctorSilo wire)
    {
        if (ClockSkewMs is { } skew)
        {
            wire.ClockSkewMs = skew;
        }

        if (ClockUncertaintyMs is { } uncertainty)
        {
            wire.ClockUncertaintyMs = uncertainty;
        }

        if (CertificateExpiresMs is { } expires)
        {
            wire.CertificateExpiresMs = expires;
        }
    }
}
