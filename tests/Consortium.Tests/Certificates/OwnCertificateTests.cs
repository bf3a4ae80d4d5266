using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Api.Files;
using Consortium.Silo.Membership;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Certificates;

/// <summary>A certificate whose files are replaced while the process runs.</summary>
public sealed class OwnCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string? _refused;

    private string CertificatePath => Path.Combine(_folder.Path, "silo.crt.pem");

    private string KeyPath => Path.Combine(_folder.Path, "silo.key.pem");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_refused_is_tried_again_without_another_change_and_said_once()
    {
        Write();
        using var own = new OwnCertificate(CertificatePath, KeyPath, Require);
        var before = own.Current.Thumbprint;
        Assert.False(own.TryRefresh(out var fault));
        Assert.Null(fault);

        // As one that is issued ahead of its time is.
        _refused = "It is not valid yet.";
        Write();
        Assert.False(own.TryRefresh(out fault));
        Assert.Equal(_refused, fault?.Message);
        Assert.False(own.TryRefresh(out fault));
        Assert.Null(fault);
        Assert.Equal(before, own.Current.Thumbprint);

        _refused = null;
        Assert.True(own.TryRefresh(out fault));
        Assert.Null(fault);
        Assert.NotEqual(before, own.Current.Thumbprint, StringComparer.Ordinal);
        Assert.False(own.TryRefresh(out _));
    }

    [Fact]
    public void A_certificate_without_its_key_is_not_taken()
    {
        Write();
        using var own = new OwnCertificate(CertificatePath, KeyPath, Require);
        var before = own.Current.Thumbprint;
        var key = File.ReadAllText(KeyPath);
        Write();
        var next = File.ReadAllText(KeyPath);
        File.WriteAllText(KeyPath, key);
        Assert.False(own.TryRefresh(out var fault));
        Assert.NotNull(fault);
        Assert.Equal(before, own.Current.Thumbprint);
        File.WriteAllText(KeyPath, next);
        Assert.True(own.TryRefresh(out _));
    }

    [Fact]
    public void Files_that_hold_the_certificate_in_use_again_bring_no_other_one()
    {
        Write();
        using var own = new OwnCertificate(CertificatePath, KeyPath, Require);
        var (before, certificate) = (own.Current, File.ReadAllText(CertificatePath));
        File.WriteAllText(CertificatePath, "nonsense");
        Assert.False(own.TryRefresh(out var fault));
        Assert.NotNull(fault);
        File.WriteAllText(CertificatePath, certificate);
        Assert.False(own.TryRefresh(out fault));
        Assert.Null(fault);
        Assert.Same(before, own.Current);
    }

    private void Require(X509Certificate2 certificate)
    {
        if (_refused is not null)
        {
            throw new MemberCertificateException("refused", _refused, "Wait.");
        }
    }

    private void Write()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        File.Delete(KeyPath);
        OwnerOnlyFile.Create(KeyPath, key.ExportPkcs8PrivateKeyPem());
    }
}
