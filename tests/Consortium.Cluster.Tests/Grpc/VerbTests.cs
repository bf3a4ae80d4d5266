using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Consortium.Api.Files;
using Consortium.Client.Grpc;
using Consortium.Client.Keys;
using Consortium.Ledger.Ids;
using Consortium.Tests.Cli;
using Consortium.Tests.Storage;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>Every verb of the command line over gRPC, beside HTTP.</summary>
public sealed class VerbTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verbs_that_change_the_ledger_do_so_over_grpc_and_those_that_read_say_the_same_over_both()
    {
        var member = gateway.Ledger.Member.ToString();
        var memberKey = Save("member.pem", gateway.Ledger.MemberKey);
        var key = Text(await DoneAsync("keys", "new", At("a.pem")), "publicKey");
        await DoneAsync("keys", "show", At("a.pem"));
        var a = Text(await DoneAsync("account", "open", "--custodian", member, "--authority", key, "--key", memberKey), "account");
        var b = Text(await DoneAsync("account", "open", "--custodian", member, "--customer", "b", "--authority", At("a.pem"), "--key", memberKey), "account");
        var asset = Text(await DoneAsync("asset", "register", "--issuer", a, "--name", "euro", "--kind", "currency", "--currency", "EUR", "--authorised", "1000.00", "--key", At("a.pem")), "asset");
        await DoneAsync("issue", "--asset", asset, "--to", a, "--amount", "100.50", "--key", At("a.pem"), "--dry-run");
        await DoneAsync("issue", "--asset", asset, "--to", a, "--amount", "100.50", "--key", At("a.pem"), "--wait", "sealed");
        await DoneAsync("deal", "new", At("deal"));
        await DoneAsync("deal", "leg", At("deal"), "--from", a, "--to", b, "--asset", asset, "--amount", "40.25");
        File.Copy(At("deal"), At("deal unsigned"));
        await DoneAsync("deal", "sign", At("deal"), "--key", At("a.pem"));
        await DoneAsync("deal", "merge", At("deal unsigned"), At("deal"));
        await DoneAsync("deal", "show", At("deal"));
        await DoneAsync("deal", "submit", At("deal"), "--dry-run");
        var deal = Text(await DoneAsync("deal", "submit", At("deal"), "--wait", "final"), "transactionId");
        Assert.True((await DoneAsync("deal", "submit", At("deal")))["duplicate"]!.GetValue<bool>());
        await DoneAsync("pledge", "--account", a, "--asset", asset, "--amount", "10.25", "--deal", deal, "--beneficiary", b, "--until", "2099-01-01T00:00:00Z", "--key", At("a.pem"));
        await DoneAsync("release", "--account", a, "--asset", asset, "--deal", deal, "--key", At("a.pem"));
        await DoneAsync("retire", "--asset", asset, "--from", a, "--units", "25", "--key", At("a.pem"));
        var next = Text(await DoneAsync("keys", "new", At("next.pem")), "publicKey");
        await DoneAsync("account", "rotate", b, "--authority", next, "--key", At("a.pem"));
        await DoneAsync("account", "freeze", b, "--reason", "a test", "--key", memberKey);
        var last = await DoneAsync("account", "unfreeze", b, "--reason", "it passed", "--key", memberKey, "--wait", "final");

        var height = last["height"]!.ToString();
        await SameAsync("account", "show", a, "--at", height);
        await SameAsync("account", "statement", a, "--to", height);
        await SameAsync("asset", "show", asset);
        await SameAsync("tx", "show", deal);
        await SameAsync("block", "show", height);
        await SameAsync("balance-sheet", member, "--at", height);
        await SameButForTheHeadAsync("asset", "holders", asset);
        await SameButForTheHeadAsync("network");

        await DoneAsync("proof", "get", At("proof"), "--account", b, "--asset", asset);
        Assert.Equal("4025", Text(await DoneAsync("proof", "check", At("proof")), "posted"));
        await DoneAsync("proof", "get", At("proof of deal"), "--transaction", deal);
        Assert.Equal("accepted", Text(await DoneAsync("proof", "check", At("proof of deal")), "outcome"));
        await DoneAsync("export", At("chain"), "--to", height);
        Assert.True((await DoneAsync("verify", At("chain")))["verified"]!.GetValue<bool>());
        var http = await RunAsync("--url", gateway.HttpAddress, "export", At("chain over http"), "--to", height);
        Assert.True(http.ExitCode == 0, http.Error);
        Assert.Equal(await File.ReadAllBytesAsync(At("chain over http")), await File.ReadAllBytesAsync(At("chain")));
    }

    [Fact]
    public async Task A_load_over_grpc_is_committed_and_every_acknowledgement_is_in_the_chain_once()
    {
        Save("member.pem", gateway.Ledger.MemberKey);
        var load = await DoneAsync(
            "load", "--accounts", "10", "--seconds", "2", "--connections", "3", "--batch", "20", "--rate", "100", "--acks", At("acks"), "--keys", _folder.Path, "--password-file", At("password"));
        Assert.True(load["committed"]!.GetValue<int>() > 0);
        var check = await DoneAsync("check-acks", At("acks"));
        Assert.Equal(load["committed"]!.GetValue<int>(), check["found"]!.GetValue<int>());
        Assert.Equal((0, 0), (check["missing"]!.GetValue<int>(), check["duplicated"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_fails_exits_with_the_same_words_over_both()
    {
        var key = Save("alice.pem", gateway.AliceKey);
        var nobody = new AccountId(Ledger.Digest.Sha256("nobody"u8)).ToString();
        string[][] lines =
        [
            ["account", "show", nobody],
            ["account", "show", nobody, "--json"],
            ["block", "show", "999999999"],
            ["tx", "show", new TransactionId(Ledger.Digest.Sha256("nobody"u8)).ToString(), "--json"],
        ];
        foreach (var line in lines)
        {
            var (http, grpc) = (await RunAsync("--url", gateway.HttpAddress, line), await RunAsync("--grpc", gateway.GrpcAddress, line));
            Assert.Equal(1, grpc.ExitCode);
            Assert.Equal((http.ExitCode, http.Out), (grpc.ExitCode, grpc.Out));
            Assert.Equal(WithoutHead(http.Error), WithoutHead(grpc.Error));
        }

        var rejected = await RunAsync(
            "--grpc", gateway.GrpcAddress, "issue", "--asset", gateway.Money.ToString(), "--to", gateway.Bob.ToString(), "--units", "99999999999", "--key", key);
        Assert.Equal(1, rejected.ExitCode);
        Assert.Contains("AuthorisedExceeded (140)", rejected.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_gateway_listens_it_is_unreachable()
    {
        var run = await RunAsync("--grpc", new Uri("http://127.0.0.1:1"), "network", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("gateway_unreachable", Text(run.Json["error"]!, "name"));
    }

    private static string Text(JsonNode json, string name) => json[name]!.GetValue<string>();

    // The last sealed block, which goes on while one asks after the other.
    private static string WithoutHead(string error) =>
        System.Text.RegularExpressions.Regex.Replace(error, "last sealed block is \\d+", "last sealed block", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private static Task<CliRun> RunAsync(string option, Uri address, params string[] arguments) => CliRun.WithAsync(
        _ => new SocketsHttpHandler(),
        url => new GrpcTransport(url, new GrpcTransportOptions()),
        _ => null,
        [.. arguments, option, address.ToString()]);

    private async Task<JsonObject> DoneAsync(params string[] arguments)
    {
        if (!File.Exists(At("password")))
        {
            OwnerOnlyFile.Create(At("password"), "secret\n");
        }

        var run = await RunAsync("--grpc", gateway.GrpcAddress, [.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, string.Join(' ', arguments) + ": " + run.Out + run.Error);
        return run.Json;
    }

    private async Task SameAsync(params string[] arguments)
    {
        foreach (var line in (string[][])[arguments, [.. arguments, "--json"]])
        {
            var (http, grpc) = (await RunAsync("--url", gateway.HttpAddress, line), await RunAsync("--grpc", gateway.GrpcAddress, line));
            Assert.True(grpc.ExitCode == 0, grpc.Error);
            Assert.NotEmpty(grpc.Out);
            Assert.Equal((http.ExitCode, http.Out, http.Error), (grpc.ExitCode, grpc.Out, grpc.Error));
        }
    }

    private async Task SameButForTheHeadAsync(params string[] arguments)
    {
        var (http, grpc) = (
            (await RunAsync("--url", gateway.HttpAddress, [.. arguments, "--json"])).Json,
            (await RunAsync("--grpc", gateway.GrpcAddress, [.. arguments, "--json"])).Json);
        foreach (var moving in (string[])["height", "position", "timeMs", "sealedHeight", "finalHeight", "target", "targetCompact", "queueLength"])
        {
            Assert.Equal(http.Remove(moving), grpc.Remove(moving));
        }

        Assert.Equal(http.ToJsonString(), grpc.ToJsonString());
    }

    private string Save(string name, ECDsa key)
    {
        if (!File.Exists(At("password")))
        {
            OwnerOnlyFile.Create(At("password"), "secret\n");
        }

        using var copy = SigningKey.FromKey(ECDsa.Create(key.ExportParameters(includePrivateParameters: true)));
        KeyFile.Save(At(name), copy, "secret");
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
