using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Ledger.Members;

namespace Consortium.Tests.Certificates;

/// <summary>A member certificate that another tool might have made, with whatever a test changes about it.</summary>
internal sealed class CertificateDraft(Member member, ECDsa signer, DateTimeOffset now)
{
    public string Subject { get; set; } = "O=Alpha Bank, CN=silo-1";

    public string Issuer { get; set; } = $"CN={member.Id}";

    public List<string> Uris { get; set; } = [$"consortium:member:{member.Id}", $"consortium:network:{Consortiums.Network}"];

    public ECDsa Signer { get; set; } = signer;

    public AsymmetricAlgorithm Key { get; set; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public HashAlgorithmName Hash { get; set; } = HashAlgorithmName.SHA256;

    public DateTimeOffset NotBefore { get; set; } = now.AddDays(-1);

    public DateTimeOffset NotAfter { get; set; } = now.AddDays(30);

    public bool IsAuthority { get; set; }

    public X509KeyUsageFlags? KeyUsage { get; set; } = X509KeyUsageFlags.DigitalSignature;

    public List<string> Uses { get; set; } = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

    public List<X509Extension> More { get; } = [];

    public X509Certificate2 Make()
    {
        var request = Key is RSA rsa
            ? new CertificateRequest(new X500DistinguishedName(Subject), rsa, Hash, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(new X500DistinguishedName(Subject), (ECDsa)Key, Hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(IsAuthority, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        if (KeyUsage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

        if (Uses.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. Uses.Select(use => new Oid(use))], critical: false));
        }

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("silo-1.example");
        Uris.ForEach(uri => names.AddUri(new Uri(uri)));
        request.CertificateExtensions.Add(names.Build());
        More.ForEach(request.CertificateExtensions.Add);
        return request.Create(new X500DistinguishedName(Issuer), X509SignatureGenerator.CreateForECDsa(Signer), NotBefore, NotAfter, [1, 2, 3, 4]);
    }

    public byte[] Der()
    {
        using var certificate = Make();
        return certificate.RawData;
    }

    /// <summary>The certificate with its key, ready for TLS.</summary>
    public X509Certificate2 MakeWithKey()
    {
        using var certificate = Make();
        using var pair = certificate.CopyWithPrivateKey((ECDsa)Key);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
    }
}
