using System.Security.Cryptography;
using Consortium.Api.Files;
using Consortium.Client.Keys;
using Consortium.Ledger.Signatures;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Client;

public sealed class KeyFileTests : IDisposable
{
    private const string Password = "correct horse";

    // Few iterations, because deriving the key is slow and these tests are not about it.
    private static readonly PbeParameters Quick = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_that_was_kept_signs_again()
    {
        using var made = KeyFile.Create(At("a.pem"), Password);
        using var read = KeyFile.Load(At("a.pem"), Password);
        Assert.Equal(made.PublicKey, read.PublicKey);
        var signature = read.Sign("message"u8);
        Assert.True(P256.Verify(made.PublicKey.ToArray(), "message"u8, signature));
        Assert.True(P256.IsLowS(signature));
    }

    [Fact]
    public void A_key_file_is_encrypted_as_promised_and_for_its_owner_only()
    {
        KeyFile.Create(At("a.pem"), Password).Dispose();
        Assert.True(OwnerOnlyFile.IsPrivate(At("a.pem")));
        var pem = File.ReadAllText(At("a.pem"));
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", pem, StringComparison.Ordinal);
        var der = Convert.FromBase64String(pem.Replace("-----BEGIN ENCRYPTED PRIVATE KEY-----", "", StringComparison.Ordinal)
            .Replace("-----END ENCRYPTED PRIVATE KEY-----", "", StringComparison.Ordinal));

        // Object ids of PBES2, PBKDF2, HMAC-SHA-256 and AES-256-CBC, and the iterations as an INTEGER.
        foreach (var part in new[] { "06092A864886F70D01050D", "06092A864886F70D01050C", "06082A864886F70D0209", "060960864801650304012A", "0203" + KeyFile.Iterations.ToString("X6", null) })
        {
            Assert.Contains(part, Convert.ToHexString(der), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_exists_is_not_overwritten()
    {
        File.WriteAllText(At("a.pem"), "precious");
        Assert.Equal("key_file_exists", Fails(() => KeyFile.Create(At("a.pem"), Password)).Name);
        Assert.Equal("precious", File.ReadAllText(At("a.pem")));
    }

    [Fact]
    public void An_empty_password_is_refused() =>
        Assert.Equal("password_empty", Fails(() => KeyFile.Create(At("a.pem"), "")).Name);

    [Fact]
    public void A_wrong_password_is_said_to_be_one()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(At("a.pem"), key.ExportEncryptedPkcs8PrivateKeyPem(Password, Quick));
        Assert.Equal("password_wrong", Fails(() => KeyFile.Load(At("a.pem"), "wrong")).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void What_is_no_key_is_said_to_be_none(string content)
    {
        File.WriteAllText(At("a.pem"), content);
        Assert.Equal("not_a_key", Fails(() => KeyFile.Load(At("a.pem"), Password)).Name);
    }

    [Fact]
    public void A_key_that_is_not_encrypted_is_refused_with_the_way_to_encrypt_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(At("a.pem"), key.ExportPkcs8PrivateKeyPem());
        var error = Fails(() => KeyFile.Load(At("a.pem"), Password));
        Assert.Equal("key_not_encrypted", error.Name);
        Assert.Contains("openssl pkcs8", error.Action, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(At("a.pem"), key.ExportEncryptedPkcs8PrivateKeyPem(Password, Quick));
        Assert.Equal("not_p256", Fails(() => KeyFile.Load(At("a.pem"), Password)).Name);
    }

    [Fact]
    public void A_key_of_another_algorithm_is_refused()
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(At("a.pem"), key.ExportEncryptedPkcs8PrivateKeyPem(Password, Quick));
        Assert.Equal("not_p256", Fails(() => KeyFile.Load(At("a.pem"), Password)).Name);
    }

    [Fact]
    public void A_file_that_is_missing_is_said_to_be() =>
        Assert.Equal("key_file_unreadable", Fails(() => KeyFile.Load(At("none.pem"), Password)).Name);

    [Fact]
    public void The_password_comes_from_the_named_file_then_the_environment_then_the_file_beside_the_key()
    {
        OwnerOnlyFile.Create(At("named"), "from the named file\n");
        OwnerOnlyFile.Create(At("password"), "from beside\n");
        Assert.Equal("from the named file", KeyPassword.Find(At("a.pem"), At("named"), _ => "from the environment"));
        Assert.Equal("from the environment", KeyPassword.Find(At("a.pem"), null, _ => "from the environment"));
        Assert.Equal("from beside", KeyPassword.Find(At("a.pem"), null, _ => null));
        File.Delete(At("password"));
        Assert.Null(KeyPassword.Find(At("a.pem"), null, _ => ""));
    }

    [Fact]
    public void A_password_file_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        OwnerOnlyFile.Create(At("password"), "secret\n");
        File.SetUnixFileMode(At("password"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var error = Fails(() => KeyPassword.Find(At("a.pem"), null, _ => null));
        Assert.Equal("password_file_open", error.Name);
        Assert.Contains("chmod 600", error.Action, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mounted_secret_that_the_pods_group_reads_and_nobody_writes_is_taken()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A volume of Kubernetes shows its files through two links, and has them as 0440 of root and the pod's group.
        var data = Directory.CreateDirectory(At("..2026_11_28")).FullName;
        File.WriteAllText(Path.Combine(data, "password"), "secret\n");
        File.SetUnixFileMode(Path.Combine(data, "password"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Directory.CreateSymbolicLink(At("..data"), data);
        File.CreateSymbolicLink(At("password"), Path.Combine("..data", "password"));
        Assert.Equal("secret", KeyPassword.Find(At("a.pem"), null, _ => null));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    public void A_password_file_that_a_group_reads_is_refused_unless_it_is_a_mounted_secret(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        OwnerOnlyFile.Create(At("password"), "secret\n");
        File.SetUnixFileMode(At("password"), mode);
        Assert.Equal("password_file_open", Fails(() => KeyPassword.Find(At("a.pem"), null, _ => null)).Name);
    }

    private static KeyFileException Fails(Func<object?> act) => Assert.Throws<KeyFileException>(act);

    private string At(string name) => Path.Combine(_folder.Path, name);
}
