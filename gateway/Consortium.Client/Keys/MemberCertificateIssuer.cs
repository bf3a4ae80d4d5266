using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Ledger;
using Consortium.Ledger.Members;

namespace Consortium.Client.Keys;

/// <summary>Issues certificates to a member's silos.</summary>
public static class MemberCertificateIssuer
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    // RFC 5280 appendix A, ub-organization-name; a member's name may be longer and is then cut.
    private const int OrganisationLengthMax = 64;

    // RFC 5280 section 4.1.2.2 allows 20; 16 random ones never come twice.
    private const int SerialBytes = 16;

    // Clocks of machines that issue and check differ by a little.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Makes a key for a silo and certifies it.</summary>
    /// <param name="producerKey">The member's producer key.</param>
    /// <param name="member">The member.</param>
    /// <param name="network">The network's id.</param>
    /// <param name="silo">The silo's name.</param>
    /// <param name="days">Days for which the certificate is valid, 1 to <see cref="MemberCertificate.DaysMax"/>.</param>
    /// <param name="now">The present; it is valid from five minutes before, for clocks that are late.</param>
    /// <returns>A certificate that <see cref="MemberCertificateRule"/> lets in.</returns>
    /// <exception cref="MemberCertificateException">The key is not the member's, or the silo's name is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The days are out of range.</exception>
    public static IssuedCertificate Issue(
        SigningKey producerKey,
        Member member,
        Digest network,
        string silo,
        int days,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(producerKey);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MemberCertificate.DaysMax);
        if (producerKey.PublicKey != member.ProducerKey)
        {
            throw new MemberCertificateException(
                "not_the_producer_key",
                $"The key {producerKey.PublicKey} is not the producer key of '{member.Name}', so nobody would believe what it signs.",
                "Sign with the key that the network names as the member's producer key; 'consortium keys show FILE' shows a key's public part.");
        }

        if (!MemberCertificate.IsSiloName(silo))
        {
            throw new MemberCertificateException(
                "silo_name_invalid",
                $"The silo's name is not 1 to {MemberCertificate.SiloNameLengthMax} letters, digits, '-', '.' and '_' that begin with a letter or digit.",
                "Name the silo as it is named in the cluster, for example bank-a-0.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(Request(key, member, network, silo), producerKey, member, days, now);
        var check = MemberCertificateRule.Check(certificate, [member], network, now);
        Invariant.Holds(check.IsLetIn);
        return new IssuedCertificate(
            check.Certificate,
            certificate.ExportCertificatePem() + "\n",
            key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static CertificateRequest Request(ECDsa key, Member member, Digest network, string silo)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName(Cut(member.Name));
        subject.AddCommonName(silo);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(MemberCertificate.MemberUri + member.Id));
        names.AddUri(new Uri(MemberCertificate.NetworkUri + network));
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256)
        {
            CertificateExtensions =
            {
                new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true),
                new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true),
                new X509EnhancedKeyUsageExtension([new Oid(ServerAuth), new Oid(ClientAuth)], critical: false),
                names.Build(),
            },
        };
    }

    private static X509Certificate2 Sign(CertificateRequest request, SigningKey producerKey, Member member, int days, DateTimeOffset now)
    {
        var issuer = new X500DistinguishedNameBuilder();
        issuer.AddCommonName(member.Id.ToString());

        // Not negative and not short, whatever the random bytes are.
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        var notBefore = now - ClockSkew;
        return request.Create(issuer.Build(), producerKey.CreateCertificateSigner(), notBefore, notBefore.AddDays(days), serial);
    }

    private static string Cut(string name)
    {
        if (name.Length <= OrganisationLengthMax)
        {
            return name;
        }

        var length = char.IsHighSurrogate(name[OrganisationLengthMax - 1]) ? OrganisationLengthMax - 1 : OrganisationLengthMax;
        return name[..length];
    }
}
