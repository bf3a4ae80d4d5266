using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Verification;
using Consortium.Tests.Node;

namespace Consortium.Tests.Gateway;

/// <summary>Every endpoint, on its good path.</summary>
public sealed class EndpointTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Health_says_live_and_ready()
    {
        Assert.Equal("live", (await gateway.GetAsync<HealthResponse>(Routes.Live)).Status);
        Assert.Equal("ordering", (await gateway.GetAsync<HealthResponse>(Routes.Ready)).Status);
    }

    [Fact]
    public async Task The_network_shows_its_genesis_and_how_far_it_has_come()
    {
        var receipt = await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=final");
        var network = await gateway.GetAsync<NetworkResponse>(Routes.Network);
        Assert.Null(Genesis.TryRead(Convert.FromBase64String(network.Genesis), out var genesis));
        Assert.Equal(network.NetworkId, genesis!.Network.ToString());
        Assert.Equal("ordering", network.Status);
        Assert.True(network.FinalHeight >= receipt.Height);
        Assert.True(network.SealedHeight > network.FinalHeight);
        Assert.Equal("Test Bank 1", Assert.Single(network.Members).Name);
        Assert.Equal(64, network.Target.Length);
    }

    [Fact]
    public async Task A_payload_built_from_json_is_signed_submitted_and_shown_again()
    {
        var json = $$"""
            {"kind":"deal","validForSeconds":60,"salt":"07","body":{"reference":"built","legs":[
              {"account":"{{gateway.Alice}}","instrument":"{{gateway.Money}}","amount":"-5"},
              {"account":"{{gateway.Bob}}","instrument":"{{gateway.Money}}","amount":"5"}]} }
            """;
        using var response = await gateway.PostJsonAsync(Routes.Build, json);
        var built = await GatewayFixture.ReadAsync<BuildResponse>(response);
        var payload = Convert.FromBase64String(built.Payload);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(payload)), built.Digest);
        var signature = new SignatureJson(
            GatewayFixture.PublicKeyOf(gateway.AliceKey).ToString(),
            Convert.ToBase64String(P256.Sign(gateway.AliceKey, payload)));
        var submission = JsonSerializer.Serialize(new SubmissionRequest(built.Payload, [signature]), ApiJson.Options);
        using var submitted = await gateway.PostJsonAsync(Routes.Transactions, submission);
        var receipt = Assert.Single((await GatewayFixture.ReadAsync<SubmissionResponse>(submitted)).Receipts);
        Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
        Assert.Equal(built.TransactionId, receipt.TransactionId);

        var shown = await gateway.GetAsync<TransactionResponse>($"/v1/transactions/{built.TransactionId}");
        Assert.Equal("deal", shown.Kind);
        Assert.Equal("built", shown.Body["reference"]!.GetValue<string>());
        Assert.Equal(built.ValidUntilMs, shown.ValidUntilMs);
        Assert.Equal(signature.PublicKey, Assert.Single(shown.Signers));
        Assert.Equal(receipt.Position, shown.Receipt.Position);
    }

    [Fact]
    public async Task Building_names_the_account_and_asset_that_will_be()
    {
        var key = GatewayFixture.PublicKeyOf(gateway.BobKey);
        var member = gateway.Ledger.Member;
        var opened = await GatewayFixture.ReadAsync<BuildResponse>(await gateway.PostJsonAsync(
            Routes.Build,
            $$"""{"kind":"open_account","body":{"custodian":"{{member}}","owner":"{{member}}","authority":{"threshold":1,"keys":["{{key}}"]},"salt":"01"} }"""));
        Assert.StartsWith("acc1", opened.AccountId, StringComparison.Ordinal);
        var registered = await GatewayFixture.ReadAsync<BuildResponse>(await gateway.PostJsonAsync(
            Routes.Build,
            $$"""{"kind":"register_asset","body":{"issuer":"{{gateway.Bob}}","name":"Wood","kind":"forest_right","decimals":0,"authorised":"10"} }"""));
        Assert.StartsWith("ast1", registered.AssetId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"kind\":\"theft\",\"body\":{}}", "kind 'theft' is not one of")]
    [InlineData("{\"kind\":\"deal\",\"body\":7}", "body must be an object")]
    [InlineData("{\"kind\":\"deal\",\"body\":{}}", "body.legs must be a list")]
    [InlineData("{\"kind\":\"deal\",\"body\":{\"legs\":[{\"account\":\"acc1\",\"instrument\":\"x\",\"amount\":\"1\"}]}}", "body.legs[0].account must be an account id")]
    [InlineData("{\"kind\":\"deal\",\"body\":{\"legs\":[],\"memo\":\"\"}}", "body.memo is not a field here")]
    [InlineData("{\"kind\":\"deal\",\"body\":{\"legs\":[],\"legs\":[]}}", "body.legs is given twice")]
    [InlineData("{\"kind\":\"deal\",\"validForSeconds\":1,\"validUntilMs\":1,\"body\":{\"legs\":[]}}", "not both")]
    [InlineData("{\"kind\":\"deal\",\"salt\":\"0\",\"body\":{\"legs\":[]}}", "salt must be")]
    [InlineData("{\"kind\":\"deal\",\"body\":{\"legs\":[],\"reference\":\"\\ud800\"}}", "body.reference must be text")]
    public async Task Building_from_json_without_meaning_names_the_field(string json, string expected)
    {
        using var response = await gateway.PostJsonAsync(Routes.Build, json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, (await GatewayFixture.ReadProblemAsync(response)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulating_shows_changes_or_rules_and_keeps_nothing()
    {
        var before = await gateway.GetAsync<BalancesResponse>($"/v1/accounts/{gateway.Alice}/balances");
        var good = SignedTransactionJson.FromBytes(gateway.Pay(5).SignedBytes.Span);
        var simulated = await SimulateAsync(new SimulationRequest(good.Payload, Signatures: good.Signatures));
        Assert.Equal(ReceiptOutcome.Accepted, simulated.Outcome);
        Assert.Contains(simulated.Changes, change => change.Id == gateway.Bob.ToString() && change.Holding!.Name == "money");

        var bad = SignedTransactionJson.FromBytes(gateway.Pay(5_000_000_000).SignedBytes.Span);
        simulated = await SimulateAsync(new SimulationRequest(bad.Payload, Signers: []));
        Assert.Equal(ReceiptOutcome.Rejected, simulated.Outcome);
        Assert.Empty(simulated.Changes);
        Assert.Equal(["SignaturesInsufficient", "Insufficient"], simulated.Rejections.Select(rejection => rejection.Name), StringComparer.Ordinal);
        Assert.All(simulated.Rejections, rejection => Assert.NotEmpty(rejection.Rule));
        Assert.Equal(before.Balances, (await gateway.GetAsync<BalancesResponse>($"/v1/accounts/{gateway.Alice}/balances")).Balances);
    }

    [Fact]
    public async Task Accounts_balances_and_statements_agree()
    {
        var first = await gateway.SubmitAcceptedAsync(gateway.Pay(40), "?wait=sealed");
        var second = await gateway.SubmitAcceptedAsync(gateway.Pay(2), "?wait=sealed");
        var account = await gateway.GetAsync<AccountResponse>($"/v1/accounts/{gateway.Bob}");
        Assert.Equal(GatewayFixture.PublicKeyOf(gateway.BobKey).ToString(), Assert.Single(account.Authority.Keys));

        var at = Assert.Single((await gateway.GetAsync<BalancesResponse>($"/v1/accounts/{gateway.Bob}/balances?at={first.Height}")).Balances);
        var later = Assert.Single((await gateway.GetAsync<BalancesResponse>($"/v1/accounts/{gateway.Bob}/balances?at={second.Height}")).Balances);
        Assert.True(Int128.Parse(later.Posted, CultureInfo.InvariantCulture) >= Int128.Parse(at.Posted, CultureInfo.InvariantCulture) + 2);
        Assert.Equal(at.Posted, at.Available);
        Assert.Equal("money", at.Name);

        var statement = await gateway.GetAsync<StatementResponse>($"/v1/accounts/{gateway.Bob}/statement");
        Assert.Null(statement.Next);
        Assert.Equal("0", statement.Blocks[0].Lines[0].Opening);
        for (var i = 1; i < statement.Blocks.Count; i++)
        {
            Assert.Equal(statement.Blocks[i - 1].Lines[0].Closing, statement.Blocks[i].Lines[0].Opening);
        }

        Assert.Equal(at.Posted, statement.Blocks.Last(block => block.Height <= first.Height).Lines[0].Closing);

        // Page by page it is the same.
        var paged = new List<StatementBlock>();
        ulong? from = 1;
        while (from is not null)
        {
            var page = await gateway.GetAsync<StatementResponse>($"/v1/accounts/{gateway.Bob}/statement?from={from}&to={statement.To}&limit=1");
            paged.AddRange(page.Blocks);
            from = page.Next;
        }

        Assert.Equal(
            statement.Blocks.SelectMany(block => block.Lines),
            paged.SelectMany(block => block.Lines));
    }

    [Fact]
    public async Task An_asset_shows_what_is_outstanding_and_who_holds_it()
    {
        await gateway.SubmitAcceptedAsync(gateway.Pay(3), "?wait=sealed");
        var asset = await gateway.GetAsync<AssetResponse>($"/v1/assets/{gateway.Money}");
        Assert.Equal("1000000", asset.Outstanding);
        var holders = await gateway.GetAsync<HoldersResponse>($"/v1/assets/{gateway.Money}/holders");
        var sum = holders.Holders.Aggregate(Int128.Zero, (total, holder) => total + Int128.Parse(holder.Balance.Posted, CultureInfo.InvariantCulture));
        Assert.Equal(0, sum);
        Assert.Contains(holders.Holders, holder => holder.Account == asset.IssuanceAccount && holder.Balance.Posted == "-1000000");

        var page = await gateway.GetAsync<HoldersResponse>($"/v1/assets/{gateway.Money}/holders?limit=1");
        var paged = page.Holders.ToList();
        while (page.Next is not null)
        {
            page = await gateway.GetAsync<HoldersResponse>($"/v1/assets/{gateway.Money}/holders?limit=1&after={page.Next}");
            paged.AddRange(page.Holders);
        }

        Assert.Equal(holders.Holders.Select(holder => holder.Account), paged.Select(holder => holder.Account), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_one_party_owns_another_owes()
    {
        await gateway.SubmitAcceptedAsync(gateway.Pay(3), "?wait=sealed");
        var issuer = (await gateway.GetAsync<AccountResponse>($"/v1/accounts/{gateway.Alice}")).Owner;
        var owner = (await gateway.GetAsync<AccountResponse>($"/v1/accounts/{gateway.Bob}")).Owner;
        var height = (await gateway.GetAsync<NetworkResponse>(Routes.Network)).SealedHeight;
        var owed = await gateway.GetAsync<BalanceSheetResponse>($"/v1/parties/{issuer}/balance-sheet?at={height}");
        var owned = await gateway.GetAsync<BalanceSheetResponse>($"/v1/parties/{owner}/balance-sheet?at={height}");
        Assert.Equal("1000000", Assert.Single(owed.Liabilities).Amount);
        Assert.Contains(owed.Accounts, account => account.Issues == gateway.Money.ToString());
        Assert.Empty(owned.Liabilities);
        Assert.Equal(
            1_000_000,
            Int128.Parse(Assert.Single(owed.Assets).Amount, CultureInfo.InvariantCulture)
                + Int128.Parse(Assert.Single(owned.Assets).Amount, CultureInfo.InvariantCulture));
        var member = await gateway.GetAsync<BalanceSheetResponse>($"/v1/parties/{gateway.Ledger.Member}/balance-sheet");
        Assert.Equal(Derive.Party(gateway.Ledger.Member).ToString(), member.Party);
    }

    [Fact]
    public async Task Blocks_are_found_by_height_latest_and_final()
    {
        var receipt = await gateway.SubmitAcceptedAsync(gateway.Pay(3), "?wait=final");
        Assert.Equal(FinalityLevel.Final, receipt.Finality);
        var block = await gateway.GetAsync<BlockResponse>($"/v1/blocks/{receipt.Height}");
        Assert.Contains(block.Transactions, transaction => transaction.Receipt.TransactionId == receipt.TransactionId && transaction.Kind == "deal");
        Assert.Equal(FinalityLevel.Final, block.Finality);
        Assert.True(BlockHeader.TryRead(Convert.FromBase64String(block.Header), out var header));
        Assert.Equal(block.Hash, header.Hash.ToString());
        Assert.True((await gateway.GetAsync<BlockResponse>("/v1/blocks/final")).Height >= receipt.Height);
        Assert.Equal(FinalityLevel.Sealed, (await gateway.GetAsync<BlockResponse>("/v1/blocks/latest")).Finality);
    }

    [Fact]
    public async Task Proofs_check_offline()
    {
        var receipt = await gateway.SubmitAcceptedAsync(gateway.Pay(3), "?wait=sealed");
        var network = gateway.Node.Genesis.Network;
        var held = await gateway.GetAsync<ProofResponse>($"/v1/proofs/accounts/{gateway.Bob}/holdings/{gateway.Money}");
        Assert.Null(ProofVerifier.Check(Convert.FromBase64String(held.Proof), network, out _));
        Assert.True(held.Present);
        Assert.Equal(network.ToString(), held.NetworkId);
        var absent = await gateway.GetAsync<ProofResponse>(
            $"/v1/proofs/accounts/{new AccountId(Digest.Sha256("nobody"u8))}/holdings/{gateway.Money}");
        Assert.Null(ProofVerifier.Check(Convert.FromBase64String(absent.Proof), network, out _));
        Assert.False(absent.Present);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/proofs/transactions/{receipt.TransactionId}");
        request.Headers.Accept.ParseAdd(MediaTypes.Bytes);
        using var response = await gateway.Http.SendAsync(request);
        Assert.Equal(MediaTypes.Bytes, response.Content.Headers.ContentType?.MediaType);
        Assert.Null(ProofVerifier.Check(await response.Content.ReadAsByteArrayAsync(), network, out var report));
        Assert.Equal(receipt.TransactionId, report!.Transaction.ToString());
    }

    [Fact]
    public async Task The_export_verifies()
    {
        await gateway.SubmitAcceptedAsync(gateway.Pay(3), "?wait=sealed");
        var height = (await gateway.GetAsync<NetworkResponse>(Routes.Network)).SealedHeight;
        var bytes = await gateway.Http.GetByteArrayAsync($"/v1/export?to={height}");
        Assert.Null(RoleHarnessTests.Verify(bytes, out var verifier));
        Assert.Equal(height, verifier.Height);
    }

    [Fact]
    public async Task The_openapi_document_lists_every_endpoint_with_what_it_does()
    {
        using var document = JsonDocument.Parse(await gateway.Http.GetStringAsync(Routes.OpenApi));
        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.RootElement.GetProperty("paths");
        var routes = typeof(Routes).GetFields().Select(field => (string)field.GetRawConstantValue()!).Where(route => route != Routes.OpenApi).ToList();
        Assert.Equal(routes.Order(StringComparer.Ordinal), paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var operation in paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString() ?? string.Empty);
            Assert.NotEmpty(operation.Value.GetProperty("description").GetString() ?? string.Empty);
            Assert.True(operation.Value.GetProperty("responses").TryGetProperty("200", out _));
        }
    }

    private async Task<SimulationResponse> SimulateAsync(SimulationRequest request)
    {
        using var response = await gateway.PostJsonAsync(Routes.Simulate, JsonSerializer.Serialize(request, ApiJson.Options));
        return await GatewayFixture.ReadAsync<SimulationResponse>(response);
    }
}
