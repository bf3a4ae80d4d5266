namespace Consortium.Api.Certificates;

/// <summary>A certificate that a member issued, with the key that was made for it.</summary>
/// <param name="Certificate">The certificate as it reads.</param>
/// <param name="CertificatePem">The certificate (RFC 7468).</param>
/// <param name="KeyPem">The silo's private key as PKCS#8, not encrypted: a silo starts with nobody there to type a password.</param>
public sealed record IssuedCertificate(MemberCertificate Certificate, string CertificatePem, string KeyPem);
