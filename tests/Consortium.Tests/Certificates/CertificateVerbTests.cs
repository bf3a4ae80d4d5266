using System.Security.Cryptography;
using Consortium.Api.Certificates;
using Consortium.Api.Files;
using Consortium.Client.Keys;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Tests.Cli;
using Consortium.Tests.Node;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Certificates;

public sealed class CertificateVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Genesis _genesis;

    public CertificateVerbTests()
    {
        _genesis = NodeFixture.MakeGenesis(_key, shardCount: 1);
        File.WriteAllBytes(At("genesis.bin"), _genesis.Bytes.ToArray());
        OwnerOnlyFile.Create(At("password"), "secret\n");
        KeyFile.Save(At("bank.producer.pem"), Consortiums.Signing(_key), "secret");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_certificate_is_issued_shown_checked_and_loaded()
    {
        var issued = (await DoneAsync([.. Issue("bank-0"), "--days", "30", "--json"])).Json;
        var member = _genesis.Members[0];
        Assert.Equal(member.Id.ToString(), issued["member"]!.GetValue<string>());
        Assert.Equal(29, issued["daysLeft"]!.GetValue<int>());
        Assert.Equal(At("out/bank-0.crt.pem"), issued["file"]!.GetValue<string>());
        Assert.True(OwnerOnlyFile.IsPrivate(At("out/bank-0.key.pem")));

        var shown = (await DoneAsync("certificate", "show", At("out/bank-0.crt.pem"), "--json")).Json;
        Assert.Equal(issued["fingerprint"]!.GetValue<string>(), shown["fingerprint"]!.GetValue<string>());
        Assert.False(shown.ContainsKey("letIn"));
        var text = (await DoneAsync("certificate", "show", At("out/bank-0.crt.pem"), "--genesis", At("genesis.bin"))).Out;
        Assert.Contains("yes, as one of 'Test Bank 1'", text, StringComparison.Ordinal);
        Assert.Contains("bank-0", text, StringComparison.Ordinal);

        using var loaded = MemberCertificateFile.Load(At("out/bank-0.crt.pem"), At("out/bank-0.key.pem"));
        Assert.True(MemberCertificateRule.Check(loaded, _genesis.Members, _genesis.Network, TimeProvider.System.GetUtcNow()).IsLetIn);
    }

    [Fact]
    public async Task A_certificate_that_would_be_refused_is_shown_with_the_reason()
    {
        await DoneAsync(Issue("bank-0"));
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllBytesAsync(At("other.bin"), NodeFixture.MakeGenesis(otherKey, shardCount: 1).Bytes.ToArray());
        var run = await CliRun.OfflineAsync("certificate", "show", At("out/bank-0.crt.pem"), "--genesis", At("other.bin"), "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.False(run.Json["letIn"]!.GetValue<bool>());
        Assert.Equal("wrong_network", run.Json["fault"]!.GetValue<string>());
        Assert.Equal("certificate_refused", run.Json["error"]!["name"]!.GetValue<string>());
        Assert.Equal("bank-0", run.Json["silo"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_cannot_be_issued_is_said_to_be_and_leaves_no_file()
    {
        using var strangerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        KeyFile.Save(At("stranger.pem"), Consortiums.Signing(strangerKey), "secret");
        Assert.Equal("not_a_producer_key", await FailsAsync(1, [.. Issue("bank-0", "stranger.pem")]));
        Assert.Equal("network_differs", await FailsAsync(1, [.. Issue("bank-0"), "--network", Digest.Sha256("another"u8).ToString()]));
        Assert.Equal("gateway_unreachable", await FailsAsync(1, "certificate", "issue", "--key", At("bank.producer.pem"), "--silo", "bank-0", "--out", At("out")));
        Assert.Equal("usage", await FailsAsync(2, Issue("../bank")));
        Assert.Equal("usage", await FailsAsync(2, [.. Issue("bank-0"), "--days", "399"]));
        Assert.Equal("usage", await FailsAsync(2, [.. Issue("bank-0"), "--days", "0"]));
        await File.WriteAllTextAsync(At("genesis.bin"), "something else");
        Assert.Equal("genesis_invalid", await FailsAsync(1, Issue("bank-0")));
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public async Task A_silo_s_files_are_not_overwritten()
    {
        await DoneAsync(Issue("bank-0"));
        var before = await File.ReadAllTextAsync(At("out/bank-0.key.pem"));
        Assert.Equal("certificate_exists", await FailsAsync(1, Issue("bank-0")));
        Assert.Equal(before, await File.ReadAllTextAsync(At("out/bank-0.key.pem")));
    }

    [Fact]
    public async Task Files_that_are_no_certificates_of_silos_are_said_to_be()
    {
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=example.org", _key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Consortiums.Now, Consortiums.Now.AddDays(1));
        await File.WriteAllTextAsync(At("web.pem"), certificate.ExportCertificatePem());
        Assert.Equal("not_a_member_certificate", await FailsAsync(1, "certificate", "show", At("web.pem")));
        Assert.Equal("not_a_certificate", await FailsAsync(1, "certificate", "show", At("bank.producer.pem")));
        Assert.Equal("certificate_unreadable", await FailsAsync(1, "certificate", "show", At("none")));
    }

    private static async Task<CliRun> DoneAsync(params string[] arguments)
    {
        var run = await CliRun.OfflineAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        return run;
    }

    private static async Task<string> FailsAsync(int exitCode, params string[] arguments)
    {
        var run = await CliRun.OfflineAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == exitCode, run.Out + run.Error);
        Assert.NotEmpty(run.Json["error"]!["action"]!.GetValue<string>());
        return run.Json["error"]!["name"]!.GetValue<string>();
    }

    private string[] Issue(string silo, string key = "bank.producer.pem") =>
        ["certificate", "issue", "--key", At(key), "--silo", silo, "--genesis", At("genesis.bin"), "--out", At("out")];

    private string At(string name) => Path.Combine(_folder.Path, name);
}
