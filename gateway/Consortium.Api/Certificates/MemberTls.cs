using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Consortium.Api.Certificates;

/// <summary>Sets up TLS between silos so that nothing but the member certificate decides.</summary>
/// <remarks>
/// Both ends show a certificate. The platform still looks at the other's certificate before the callback is asked; it is kept from
/// fetching anything from addresses that a stranger wrote into one. Sessions are not resumed: every connection is checked anew.
/// </remarks>
public static class MemberTls
{
    /// <summary>Sets up the end that accepts.</summary>
    /// <param name="options">The server options of the connection, which are changed.</param>
    /// <param name="own">The silo's certificate with its key.</param>
    /// <param name="validate">Decides about the other's certificate, by <see cref="MemberCertificateRule"/>; ignores the platform's opinion.</param>
    public static void SetUp(SslServerAuthenticationOptions options, X509Certificate2 own, RemoteCertificateValidationCallback validate)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ServerCertificateContext = Alone(own);
        options.ClientCertificateRequired = true;
        options.RemoteCertificateValidationCallback = validate;
        options.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        options.CertificateChainPolicy = Offline();
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.AllowTlsResume = false;
        options.AllowRenegotiation = false;
    }

    /// <summary>Sets up the end that connects.</summary>
    /// <param name="options">The client options of the connection, which are changed.</param>
    /// <param name="own">The silo's certificate with its key.</param>
    /// <param name="validate">Decides about the other's certificate, by <see cref="MemberCertificateRule"/>; ignores the platform's opinion.</param>
    public static void SetUp(SslClientAuthenticationOptions options, X509Certificate2 own, RemoteCertificateValidationCallback validate)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ClientCertificateContext = Alone(own);
        options.RemoteCertificateValidationCallback = validate;
        options.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        options.CertificateChainPolicy = Offline();
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.AllowTlsResume = false;
        options.AllowRenegotiation = false;
    }

    // The issuer is on the ledger and not sent along; looking for its certificate would only take time.
    private static SslStreamCertificateContext Alone(X509Certificate2 own) =>
        SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true);

    private static X509ChainPolicy Offline() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
