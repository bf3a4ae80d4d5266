using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Ledger;
using Consortium.Ledger.Members;

namespace Consortium.Api.Certificates;

/// <summary>Decides whether a silo's certificate admits the silo to the cluster.</summary>
/// <remarks>
/// It does when a member of the present governance state signed it with its producer key, for this network, for both ends of a
/// connection, for a key of the silo's own, for at most <see cref="MemberCertificate.DaysMax"/> days, and now is one of them.
/// No authority outside the ledger is asked and no chain is built. Pure and total: whatever bytes come, there is an answer.
/// The TLS handshake, not this rule, proves that the process that shows the certificate has its key.
/// </remarks>
public static class MemberCertificateRule
{
    /// <summary>Checks the certificate that the other end of a TLS connection showed.</summary>
    /// <param name="certificate">The certificate, or <see langword="null"/> when it showed none.</param>
    /// <param name="members">The members of the present governance state.</param>
    /// <param name="network">The network's id.</param>
    /// <param name="now">The present.</param>
    /// <returns>Whether the silo is let in, and if not why.</returns>
    public static MemberCertificateCheck Check(
        X509Certificate? certificate,
        IReadOnlyCollection<Member> members,
        Digest network,
        DateTimeOffset now)
    {
        byte[] der;
        try
        {
            der = certificate?.GetRawCertData() ?? [];
        }
        catch (CryptographicException)
        {
            // An object that holds no certificate, or no longer.
            der = [];
        }

        return CheckDer(der, members, network, now);
    }

    /// <summary>Checks a certificate.</summary>
    /// <param name="der">DER; anything may be passed. No bytes are no certificate.</param>
    /// <param name="members">The members of the present governance state.</param>
    /// <param name="network">The network's id.</param>
    /// <param name="now">The present.</param>
    /// <returns>Whether the silo is let in, and if not why.</returns>
    public static MemberCertificateCheck CheckDer(
        ReadOnlyMemory<byte> der,
        IReadOnlyCollection<Member> members,
        Digest network,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (der.IsEmpty)
        {
            return MemberCertificateText.Describe(MemberCertificateFault.Missing, certificate: null, member: null, network, now);
        }

        var unread = MemberCertificate.TryRead(der, out var certificate);
        var member = members.FirstOrDefault(member => member.Id == certificate?.Member);
        var fault = certificate is null ? unread : FindFault(certificate, member, members, network, now);
        return MemberCertificateText.Describe(fault, certificate, member, network, now);
    }

    private static MemberCertificateFault? FindFault(
        MemberCertificate certificate,
        Member? member,
        IReadOnlyCollection<Member> members,
        Digest network,
        DateTimeOffset now) => certificate switch
        {
            _ when certificate.Network != network => MemberCertificateFault.WrongNetwork,
            _ when member is null => MemberCertificateFault.NotAMember,

            // A producer key also signs headers, but those are 32 bytes and this is always more: neither passes for the other.
            _ when !certificate.IsSignedBy(member.ProducerKey) => MemberCertificateFault.WrongSigner,
            { IsAuthority: true } => MemberCertificateFault.CertificateAuthority,
            { IsForBothEnds: false } => MemberCertificateFault.WrongUse,
            { Key: null } => MemberCertificateFault.WrongKey,
            _ when members.Any(other => other.ProducerKey == certificate.Key) => MemberCertificateFault.ProducerKey,
            _ when certificate.NotAfter - certificate.NotBefore > TimeSpan.FromDays(MemberCertificate.DaysMax) => MemberCertificateFault.ValidTooLong,
            _ when now < certificate.NotBefore => MemberCertificateFault.NotYetValid,
            _ when now > certificate.NotAfter => MemberCertificateFault.Expired,
            _ => null,
        };
}
