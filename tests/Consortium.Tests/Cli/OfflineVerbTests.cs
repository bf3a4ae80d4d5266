using Consortium.Api.Files;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Cli;

/// <summary>Verbs that need no gateway: keys, deals passed around, and damaged files.</summary>
public sealed class OfflineVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _network = Digest.Sha256("network"u8).ToString();
    private readonly string _a = new AccountId(Digest.Sha256("a"u8)).ToString();
    private readonly string _b = new AccountId(Digest.Sha256("b"u8)).ToString();
    private readonly string _asset = new AssetId(Digest.Sha256("asset"u8)).ToString();

    public OfflineVerbTests() => OwnerOnlyFile.Create(At("password"), "secret\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_deal_is_composed_signed_by_two_and_merged()
    {
        var keyOfA = (await DoneAsync("keys", "new", At("a.pem"), "--json")).Json["publicKey"]!.GetValue<string>();
        await DoneAsync("keys", "new", At("b.pem"));
        Assert.Equal(keyOfA, (await DoneAsync("keys", "show", At("a.pem"), "--json")).Json["publicKey"]!.GetValue<string>());

        await DoneAsync("deal", "new", At("deal"), "--network", _network, "--valid-for", "600", "--reference", "invoice 7");
        await DoneAsync("deal", "leg", At("deal"), "--from", _a, "--to", _b, "--asset", _asset, "--amount", "12.50", "--decimals", "2");
        File.Copy(At("deal"), At("copy"));
        await DoneAsync("deal", "sign", At("deal"), "--key", At("a.pem"));
        await DoneAsync("deal", "sign", At("copy"), "--key", At("b.pem"));
        await DoneAsync("deal", "merge", At("deal"), At("copy"));

        var shown = (await DoneAsync("deal", "show", At("deal"), "--json")).Json;
        Assert.Equal(2, shown["signers"]!.AsArray().Count);
        Assert.Equal((string[])["-1250", "1250"], shown["body"]!["legs"]!.AsArray().Select(leg => leg!["amount"]!.GetValue<string>()).ToArray());
        Assert.Contains("invoice 7", (await DoneAsync("deal", "show", At("deal"))).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_further_leg_after_a_signature_is_refused_with_advice()
    {
        await DoneAsync("keys", "new", At("a.pem"));
        await DoneAsync("deal", "new", At("deal"), "--network", _network, "--valid-for", "600");
        await DoneAsync("deal", "sign", At("deal"), "--key", At("a.pem"));
        var run = await FailsAsync(1, "deal", "leg", At("deal"), "--to", _b, "--asset", _asset, "--units", "1");
        Assert.Equal("already_signed", run);
    }

    [Theory]
    [InlineData("--amount 1.005 --decimals 2")]
    [InlineData("--units 1.5")]
    [InlineData("--units 0")]
    [InlineData("--units 1 --amount 1")]
    [InlineData("")]
    public async Task An_amount_that_is_not_one_exits_with_2(string amount)
    {
        await DoneAsync("deal", "new", At("deal"), "--network", _network, "--valid-for", "600");
        await FailsAsync(2, ["deal", "leg", At("deal"), "--to", _b, "--asset", _asset, .. amount.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    [Fact]
    public async Task Files_that_are_missing_or_something_else_are_said_to_be()
    {
        await File.WriteAllTextAsync(At("text"), "something else");
        Assert.Equal("key_file_unreadable", await FailsAsync(1, "keys", "show", At("none")));
        Assert.Equal("not_a_key", await FailsAsync(1, "keys", "show", At("text")));
        Assert.Equal("key_file_exists", await FailsAsync(1, "keys", "new", At("text")));
        Assert.Equal("transaction_file_unreadable", await FailsAsync(1, "deal", "show", At("none")));
        Assert.Equal("not_a_transaction_file", await FailsAsync(1, "deal", "show", At("text")));
        Assert.Equal("chain_invalid", await FailsAsync(1, "verify", At("text")));
        Assert.Equal("proof_invalid", await FailsAsync(1, "proof", "check", At("text")));
        Assert.Equal("file_or_connection_failed", await FailsAsync(1, "verify", At("none")));
        Assert.Equal("transaction_file_exists", await FailsAsync(1, "deal", "new", At("text"), "--network", _network, "--valid-for", "1"));
    }

    [Fact]
    public async Task Without_a_password_and_a_terminal_a_key_is_not_made()
    {
        File.Delete(At("password"));
        Assert.Equal("password_missing", await FailsAsync(1, "keys", "new", At("a.pem")));
        Assert.False(File.Exists(At("a.pem")));
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

    private string At(string name) => Path.Combine(_folder.Path, name);
}
