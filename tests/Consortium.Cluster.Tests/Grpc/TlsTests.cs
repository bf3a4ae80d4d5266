using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Gateway.Hosting;
using Consortium.Tests.Node;
using Consortium.Tests.Storage;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>gRPC over TLS with the certificate that the settings name.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_https_address_shows_the_certificate_and_speaks_grpc(bool isKeyApart)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (pem, keyPem) = (Path.Combine(_folder.Path, "gateway.pem"), Path.Combine(_folder.Path, "gateway.key"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem() + "\n" + (isKeyApart ? string.Empty : key.ExportPkcs8PrivateKeyPem()));
        await File.WriteAllTextAsync(keyPem, key.ExportPkcs8PrivateKeyPem());
        await using var ledger = await NodeFixture.StartAsync();
        await using var app = GatewayHost.Build(
            new GatewayOptions
            {
                Urls = "http://127.0.0.1:0",
                GrpcUrls = "https://127.0.0.1:0",
                GrpcCertificate = pem,
                GrpcCertificateKey = isKeyApart ? keyPem : null,
            },
            ledger.Node,
            _ => { });
        await app.StartAsync();
        using var transport = new Client.Grpc.GrpcTransport(new Uri(app.Urls.Last()), new() { Handler = Trusting(certificate) });
        Assert.True((await transport.GetNetworkAsync(CancellationToken.None)).Position > 0);
        await app.StopAsync();
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 expected) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == expected.GetCertHashString(),
        },
    };
}
