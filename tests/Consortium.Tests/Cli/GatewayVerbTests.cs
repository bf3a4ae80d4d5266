using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Consortium.Api.Files;
using Consortium.Client;
using Consortium.Client.Keys;
using Consortium.Client.Load;
using Consortium.Ledger.Ids;
using Consortium.Tests.Gateway;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Cli;

/// <summary>The command over the real host.</summary>
public sealed class GatewayVerbTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accounts_and_assets_are_opened_issued_traded_pledged_and_retired()
    {
        var (member, memberKey) = (gateway.Ledger.Member.ToString(), Save("member.pem", gateway.Ledger.MemberKey));
        var key = await NewKeyAsync("a.pem");
        var a = Text(await DoneAsync("account", "open", "--custodian", member, "--authority", key, "--key", memberKey), "account");
        var b = Text(await DoneAsync("account", "open", "--custodian", member, "--customer", "b", "--authority", At("a.pem"), "--key", memberKey), "account");
        var asset = Text(await DoneAsync("asset", "register", "--issuer", a, "--name", "euro", "--kind", "currency", "--currency", "EUR", "--authorised", "1000.00", "--key", At("a.pem")), "asset");
        await DoneAsync("issue", "--asset", asset, "--to", a, "--amount", "100.50", "--key", At("a.pem"), "--wait", "sealed");

        await DoneAsync("deal", "new", At("deal"));
        await DoneAsync("deal", "leg", At("deal"), "--from", a, "--to", b, "--asset", asset, "--amount", "40.25");
        await DoneAsync("deal", "sign", At("deal"), "--key", At("a.pem"));
        await DoneAsync("deal", "submit", At("deal"), "--dry-run");
        var receipt = await DoneAsync("deal", "submit", At("deal"), "--wait", "sealed");
        var deal = Text(receipt, "transactionId");
        Assert.True((await DoneAsync("deal", "submit", At("deal")))["duplicate"]!.GetValue<bool>());

        await DoneAsync("pledge", "--account", a, "--asset", asset, "--amount", "10.25", "--deal", deal, "--beneficiary", b, "--until", "2099-01-01T00:00:00Z", "--key", At("a.pem"));
        var held = (await DoneAsync("account", "show", a))["balances"]!.AsArray().Single()!.AsObject();
        Assert.Equal(("6025", "1025", "5000"), (Text(held, "posted"), Text(held, "pledged"), Text(held, "available")));
        await DoneAsync("release", "--account", a, "--asset", asset, "--deal", deal, "--key", At("a.pem"));
        await DoneAsync("retire", "--asset", asset, "--from", a, "--units", "25", "--key", At("a.pem"), "--wait", "sealed");

        var next = await NewKeyAsync("next.pem");
        await DoneAsync("account", "rotate", b, "--authority", next, "--key", At("a.pem"));
        await DoneAsync("account", "freeze", b, "--reason", "a test", "--key", memberKey);
        await DoneAsync("account", "unfreeze", b, "--reason", "it passed", "--key", memberKey, "--wait", "sealed");

        Assert.Equal("10025", Text(await DoneAsync("asset", "show", asset), "outstanding"));
        Assert.Equal(2, (await DoneAsync("asset", "holders", asset))["holders"]!.AsArray().Count(holder => Text(holder!["balance"]!, "posted")[0] != '-'));
        Assert.NotEmpty((await DoneAsync("account", "statement", a))["blocks"]!.AsArray());
        Assert.Equal("deal", Text(await DoneAsync("tx", "show", deal), "kind"));
        await DoneAsync("block", "show", "latest");
        await DoneAsync("balance-sheet", member);

        await DoneAsync("proof", "get", At("proof"), "--account", b, "--asset", asset);
        Assert.Equal("4025", Text(await DoneAsync("proof", "check", At("proof")), "posted"));
        await DoneAsync("proof", "get", At("proof of deal"), "--transaction", deal);
        Assert.Equal("accepted", Text(await DoneAsync("proof", "check", At("proof of deal"), "--network", gateway.Ledger.Genesis.Network.ToString()), "outcome"));

        await DoneAsync("export", At("chain"));
        Assert.True((await DoneAsync("verify", At("chain"), "--network", gateway.Ledger.Genesis.Network.ToString()))["verified"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("network")]
    [InlineData("account show {alice}")]
    [InlineData("account statement {alice}")]
    [InlineData("asset show {money}")]
    [InlineData("asset holders {money}")]
    [InlineData("block show latest")]
    [InlineData("balance-sheet {member}")]
    public async Task What_people_read_is_printed_too(string words)
    {
        var run = await RunAsync(words
            .Replace("{alice}", gateway.Alice.ToString(), StringComparison.Ordinal)
            .Replace("{money}", gateway.Money.ToString(), StringComparison.Ordinal)
            .Replace("{member}", gateway.Ledger.Member.ToString(), StringComparison.Ordinal)
            .Split(' '));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.NotEmpty(run.Out);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_rejected_transaction_exits_with_1_and_names_every_rule_that_failed()
    {
        var key = Save("alice.pem", gateway.AliceKey);
        string[] words = ["issue", "--asset", gateway.Money.ToString(), "--to", gateway.Bob.ToString(), "--units", "99999999999", "--key", key];
        var run = await RunAsync([.. words, "--json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("rejected", Text(run.Json, "outcome"));
        Assert.Equal("AuthorisedExceeded", Text(run.Json["error"]!, "name"));
        Assert.NotEmpty(Text(run.Json["error"]!, "action"));

        run = await RunAsync(words);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("AuthorisedExceeded (140)", run.Error, StringComparison.Ordinal);
        Assert.Contains("What to do: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_exits_with_1_and_the_catalogue_code()
    {
        var run = await RunAsync("account", "show", new AccountId(Consortium.Ledger.Digest.Sha256("nobody"u8)).ToString(), "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal((40, "NotFound"), (run.Json["error"]!["code"]!.GetValue<int>(), Text(run.Json["error"]!, "name")));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(100, true)]
    public async Task A_load_is_committed_and_every_acknowledgement_is_in_the_chain_once(int hotPercent, bool twoParty)
    {
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = gateway.Http.BaseAddress }, TimeProvider.System);
        using var key = SigningKey.FromKey(ECDsa.Create(gateway.Ledger.MemberKey.ExportParameters(includePrivateParameters: true)));
        var options = new LoadOptions
        {
            Accounts = 10,
            Duration = TimeSpan.FromMinutes(1),
            TransactionsMax = 200,
            BatchSize = 30,
            Connections = 3,
            HotPercent = hotPercent,
            TwoParty = twoParty,
            AcksPath = At("acks"),
        };
        var result = await new LoadGenerator(client, TimeProvider.System)
            .RunAsync(options, new LoadCustodian(gateway.Ledger.Member, [key]), progress: null, CancellationToken.None);
        Assert.Equal((200, 0, 0, 0), (result.Committed, result.Rejected, result.Refused, result.Unanswered));

        var check = await DoneAsync("check-acks", At("acks"));
        Assert.Equal((200, 200, 0, 0), (Number(check, "acked"), Number(check, "found"), Number(check, "missing"), Number(check, "duplicated")));

        // An id that nobody ever submitted is missing.
        await File.AppendAllTextAsync(At("acks"), new TransactionId(Consortium.Ledger.Digest.Sha256("lost"u8)) + "\n");
        var run = await RunAsync("check-acks", At("acks"), "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(1, Number(run.Json, "missing"));
    }

    private static string Text(JsonNode json, string name) => json[name]!.GetValue<string>();

    private static int Number(JsonNode json, string name) => json[name]!.GetValue<int>();

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.WithAsync(
        _ => new SocketsHttpHandler(),
        [.. arguments, "--url", gateway.Http.BaseAddress!.ToString()]);

    private async Task<JsonObject> DoneAsync(params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, string.Join(' ', arguments) + ": " + run.Out + run.Error);
        return run.Json;
    }

    private async Task<string> NewKeyAsync(string name)
    {
        if (!File.Exists(At("password")))
        {
            OwnerOnlyFile.Create(At("password"), "secret\n");
        }

        return Text(await DoneAsync("keys", "new", At(name)), "publicKey");
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
