using System.Diagnostics.CodeAnalysis;
using Consortium.Ledger.Members;

namespace Consortium.Api.Certificates;

/// <summary>The result of checking a silo's certificate.</summary>
/// <param name="Fault">Why the silo is not let in, or <see langword="null"/>.</param>
/// <param name="Certificate">What the certificate says, or <see langword="null"/> when it is none of a silo.</param>
/// <param name="Member">The member that the certificate names, or <see langword="null"/> when no member has that id.</param>
/// <param name="Message">What was found and why; fit for a log, as nothing in it is a stranger's own words.</param>
/// <param name="Action">What to do about it; empty when there is nothing to do.</param>
public sealed record MemberCertificateCheck(
    MemberCertificateFault? Fault,
    MemberCertificate? Certificate,
    Member? Member,
    string Message,
    string Action)
{
    /// <summary>Whether the silo is let in.</summary>
    [MemberNotNullWhen(true, nameof(Certificate), nameof(Member))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsLetIn => Fault is null;
}
