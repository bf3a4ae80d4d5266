using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Api.Files;
using Consortium.Client.Keys;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Certificates;

public sealed class MemberCertificateFileTests : IDisposable
{
    private readonly Consortiums _all = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _all.Dispose();
    }

    [Fact]
    public void What_was_issued_and_kept_is_loaded_with_its_key()
    {
        var issued = Issue("silo-1");
        var (certificatePath, keyPath) = MemberCertificateFile.Save(_folder.Path, issued);
        Assert.True(OwnerOnlyFile.IsPrivate(keyPath));
        using var loaded = MemberCertificateFile.Load(certificatePath, keyPath);
        Assert.True(loaded.HasPrivateKey);
        Assert.Equal(loaded.RawData, MemberCertificateFile.ReadDer(certificatePath));
        using var key = loaded.GetECDsaPrivateKey()!;
        using var publicKey = loaded.GetECDsaPublicKey()!;
        Assert.True(publicKey.VerifyData("hello"u8, key.SignData("hello"u8, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        Assert.Equal(MemberCertificate.DaysDefault - 1, issued.Certificate.DaysLeft(Consortiums.Now));
        Assert.Equal("O=Alpha Bank, CN=silo-1", loaded.Subject);
    }

    [Fact]
    public void Two_certificates_of_one_silo_have_different_keys_and_serial_numbers()
    {
        using var first = X509Certificate2.CreateFromPem(Issue("silo-1").CertificatePem);
        using var second = X509Certificate2.CreateFromPem(Issue("silo-1").CertificatePem);
        Assert.NotEqual(first.SerialNumber, second.SerialNumber, StringComparer.Ordinal);
        Assert.NotEqual(first.GetPublicKeyString(), second.GetPublicKeyString(), StringComparer.Ordinal);
    }

    [Fact]
    public void A_long_name_of_a_member_is_cut_between_characters()
    {
        var member = _all.Alpha with { Name = new string('a', 63) + "🏦 Bank" };
        using var key = Consortiums.Signing(_all.AlphaKey);
        var issued = MemberCertificateIssuer.Issue(key, member, Consortiums.Network, "silo-1", 1, Consortiums.Now);
        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem);
        Assert.Contains("O=" + new string('a', 63) + ",", certificate.Subject + ",", StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_the_member_s_issues_nothing()
    {
        using var key = Consortiums.Signing(_all.BetaKey);
        Assert.Equal(
            "not_the_producer_key",
            Fails(() => MemberCertificateIssuer.Issue(key, _all.Alpha, Consortiums.Network, "silo-1", 1, Consortiums.Now)).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("../up")]
    [InlineData("two words")]
    [InlineData("siló")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_name_that_is_none_is_refused(string silo) => Assert.Equal("silo_name_invalid", Fails(() => Issue(silo)).Name);

    [Theory]
    [InlineData(0)]
    [InlineData(MemberCertificate.DaysMax + 1)]
    public void Days_out_of_range_are_refused(int days)
    {
        using var key = Consortiums.Signing(_all.AlphaKey);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => MemberCertificateIssuer.Issue(key, _all.Alpha, Consortiums.Network, "silo-1", days, Consortiums.Now));
    }

    [Fact]
    public void The_longest_validity_is_let_in()
    {
        using var key = Consortiums.Signing(_all.AlphaKey);
        var issued = MemberCertificateIssuer.Issue(key, _all.Alpha, Consortiums.Network, "silo-1", MemberCertificate.DaysMax, Consortiums.Now);
        Assert.Equal(MemberCertificate.DaysMax, (issued.Certificate.NotAfter - issued.Certificate.NotBefore).Days);
    }

    [Theory]
    [InlineData(MemberCertificateFile.CertificateSuffix)]
    [InlineData(MemberCertificateFile.KeySuffix)]
    public void A_file_that_exists_is_not_overwritten_and_its_partner_is_not_written(string suffix)
    {
        var path = Path.Combine(_folder.Path, "silo-1" + suffix);
        File.WriteAllText(path, "precious");
        Assert.Equal("certificate_exists", Fails(() => MemberCertificateFile.Save(_folder.Path, Issue("silo-1"))).Name);
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_key_that_everybody_may_read_is_refused_and_one_for_a_group_is_not()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (certificatePath, keyPath) = MemberCertificateFile.Save(_folder.Path, Issue("silo-1"));
        var link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, keyPath);
        File.SetUnixFileMode(keyPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        MemberCertificateFile.Load(certificatePath, link).Dispose();
        File.SetUnixFileMode(keyPath, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal("certificate_key_open", Fails(() => MemberCertificateFile.Load(certificatePath, link)).Name);
        Assert.Equal("certificate_key_open", Fails(() => MemberCertificateFile.Load(certificatePath, keyPath)).Name);
    }

    [Fact]
    public void Files_that_are_missing_or_do_not_belong_together_are_said_to_be()
    {
        var (certificatePath, keyPath) = MemberCertificateFile.Save(_folder.Path, Issue("silo-1"));
        var (_, otherKeyPath) = MemberCertificateFile.Save(_folder.Path, Issue("silo-2"));
        var missing = Path.Combine(_folder.Path, "none");
        Assert.Equal("certificate_unreadable", Fails(() => MemberCertificateFile.Load(missing, keyPath)).Name);
        Assert.Equal("certificate_unreadable", Fails(() => MemberCertificateFile.Load(certificatePath, missing)).Name);
        Assert.Equal("certificate_unreadable", Fails(() => MemberCertificateFile.ReadDer(missing)).Name);
        Assert.Equal("certificate_and_key_unusable", Fails(() => MemberCertificateFile.Load(certificatePath, otherKeyPath)).Name);
        Assert.Equal("certificate_and_key_unusable", Fails(() => MemberCertificateFile.Load(keyPath, certificatePath)).Name);
        Assert.Equal("not_a_certificate", Fails(() => MemberCertificateFile.ReadDer(keyPath)).Name);
        File.WriteAllText(missing, new string('-', 1_000_000));
        Assert.Equal("certificate_unreadable", Fails(() => MemberCertificateFile.ReadDer(missing)).Name);
    }

    private static MemberCertificateException Fails(Action action)
    {
        var exception = Assert.Throws<MemberCertificateException>(action);
        Assert.NotEmpty(exception.Action);
        return exception;
    }

    private IssuedCertificate Issue(string silo)
    {
        using var key = Consortiums.Signing(_all.AlphaKey);
        return MemberCertificateIssuer.Issue(key, _all.Alpha, Consortiums.Network, silo, MemberCertificate.DaysDefault, Consortiums.Now);
    }
}
