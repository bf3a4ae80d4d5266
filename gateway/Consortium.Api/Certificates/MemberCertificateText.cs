using System.Globalization;
using Consortium.Ledger;
using Consortium.Ledger.Members;

namespace Consortium.Api.Certificates;

/// <summary>The messages for the faults of a silo's certificate: finding, reason and remedy.</summary>
internal static class MemberCertificateText
{
    private const string IssueAgain =
        "Let the member issue a certificate with 'consortium certificate issue' and give it to the silo.";

    public static MemberCertificateCheck Describe(
        MemberCertificateFault? fault,
        MemberCertificate? certificate,
        Member? member,
        Digest network,
        DateTimeOffset now)
    {
        var issuer = member is null ? $"{certificate?.Member}" : $"'{member.Name}' ({member.Id})";
        var subject = certificate is null ? "The silo" : $"The certificate of silo '{certificate.Silo}' of {issuer}";
        return fault is null
            ? new MemberCertificateCheck(fault, certificate, member, $"{subject} lets it in until {Time(certificate!.NotAfter)}.", string.Empty)
            : new MemberCertificateCheck(fault, certificate, member, $"{subject} {Predicate(fault.Value, certificate, network, now)}", Action(fault.Value));
    }

    private static string Predicate(MemberCertificateFault fault, MemberCertificate? certificate, Digest network, DateTimeOffset now) => fault switch
    {
        MemberCertificateFault.Missing => "showed no certificate.",
        MemberCertificateFault.Unreadable => "showed what cannot be read as an X.509 version 3 certificate.",
        MemberCertificateFault.NotAMemberCertificate =>
            "showed a stranger's certificate: it does not name one silo, one member and one network as those do that members issue.",
        MemberCertificateFault.WrongNetwork => $"is for the network {certificate?.Network}; this is {network}.",
        MemberCertificateFault.NotAMember =>
            "names an issuer that is no member in the present governance state: it never was one, or it was expelled.",
        MemberCertificateFault.WrongSigner =>
            "is not signed with the producer key that the governance state names for the member: somebody else signed it, it was altered, or the member changed its key since.",
        MemberCertificateFault.CertificateAuthority => "may sign other certificates, which a silo's may not.",
        MemberCertificateFault.WrongUse =>
            "is not for both ends of a connection: it needs the extended key usages serverAuth and clientAuth, and digitalSignature where it has a key usage.",
        MemberCertificateFault.WrongKey => "is for a key that is not on the curve P-256.",
        MemberCertificateFault.ProducerKey => "is for the producer key of a member; a silo needs a key of its own.",
        MemberCertificateFault.ValidTooLong => string.Create(
            CultureInfo.InvariantCulture,
            $"is valid from {Time(certificate?.NotBefore)} to {Time(certificate?.NotAfter)}, which is longer than {MemberCertificate.DaysMax} days."),
        MemberCertificateFault.NotYetValid => $"is valid from {Time(certificate?.NotBefore)} only; here it is {Time(now)}.",
        MemberCertificateFault.Expired => $"expired at {Time(certificate?.NotAfter)}; here it is {Time(now)}.",
    };

    private static string Action(MemberCertificateFault fault) => fault switch
    {
        MemberCertificateFault.WrongNetwork =>
            "Start the silo with the genesis that its certificate was issued for, or let the member issue one for this network.",
        MemberCertificateFault.NotAMember =>
            "If the institution should be a member, it is for the members to admit it first; else keep its silos out.",
        MemberCertificateFault.NotYetValid =>
            "Compare the clocks of this machine and of the one that issued it; if both are right, wait.",
        MemberCertificateFault.ProducerKey =>
            "Do not keep a producer key on a silo's connections: let the member issue a certificate with 'consortium certificate issue', which makes a key of the silo's own.",
        MemberCertificateFault.Missing or MemberCertificateFault.Unreadable or MemberCertificateFault.NotAMemberCertificate
            or MemberCertificateFault.WrongSigner or MemberCertificateFault.CertificateAuthority or MemberCertificateFault.WrongUse
            or MemberCertificateFault.WrongKey or MemberCertificateFault.ValidTooLong or MemberCertificateFault.Expired => IssueAgain,
    };

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? string.Empty;
}
