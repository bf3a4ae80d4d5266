using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Gateway.Hosting;

namespace Consortium.Tests.Gateway;

/// <summary>Reads over HTTP by callers with and without credentials, once authentication is on.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef-token";
    private readonly string _tokens = Path.GetTempFileName();
    private GatewayFixture _gateway = null!; // Made by InitializeAsync.

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_tokens, $"# tokens\n\nsomebody {Token}-other\nauditor {Token}\n");
        _gateway = await GatewayFixture.StartAsync(new GatewayOptions { Auth = true, Tokens = _tokens });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        File.Delete(_tokens);
    }

    [Fact]
    public async Task Every_read_that_is_not_public_needs_somebody_known()
    {
        var receipt = await _gateway.SubmitAcceptedAsync(_gateway.Pay(1), "?wait=sealed");
        string[] paths =
        [
            $"/v1/accounts/{_gateway.Alice}",
            $"/v1/accounts/{_gateway.Alice}/balances",
            $"/v1/accounts/{_gateway.Alice}/statement",
            $"/v1/assets/{_gateway.Money}/holders",
            $"/v1/parties/{_gateway.Ledger.Member}/balance-sheet",
            $"/v1/proofs/accounts/{_gateway.Alice}/holdings/{_gateway.Money}",
            $"/v1/proofs/transactions/{receipt.TransactionId}",
            $"/v1/transactions/{receipt.TransactionId}",
            "/v1/blocks/latest",
            "/v1/doctor",
            "/v1/export",
            "/v1/events?from=1",
        ];
        foreach (var path in paths)
        {
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await StatusAsync(path)));
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await StatusAsync(path, token: "wrong-token-wrong-token")));
            Assert.Equal((path, HttpStatusCode.OK), (path, await StatusAsync(path, token: Token)));
            Assert.Equal((path, HttpStatusCode.OK), (path, await StatusAsync(path, signer: _gateway.Ledger.MemberKey)));
            using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(path, signer: stranger)));
        }
    }

    [Fact]
    public async Task An_account_is_read_by_a_key_of_its_authority_and_by_no_other_customer()
    {
        var path = $"/v1/accounts/{_gateway.Alice}/balances?at=0";
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(path, signer: _gateway.AliceKey));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(path, signer: _gateway.BobKey));
        var receipt = await _gateway.SubmitAcceptedAsync(_gateway.Pay(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/v1/transactions/{receipt.TransactionId}", signer: _gateway.AliceKey));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync($"/v1/transactions/{receipt.TransactionId}", signer: _gateway.BobKey));
    }

    [Theory]
    [InlineData("GET", "/v1/network", 0)]
    [InlineData("POST", null, 0)]
    [InlineData("GET", null, 61)]
    [InlineData("GET", null, -61)]
    public async Task A_signature_for_another_request_or_time_shows_nobody(string method, string? path, int seconds)
    {
        var asked = $"/v1/accounts/{_gateway.Alice}";
        using var request = new HttpRequestMessage(HttpMethod.Get, asked);
        request.Headers.Add(
            RequestSignature.Header,
            GatewayFixture.SignRequest(_gateway.AliceKey, method, path ?? asked, DateTimeOffset.UtcNow.AddSeconds(seconds)));
        using var response = await _gateway.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Unauthenticated", (await GatewayFixture.ReadProblemAsync(response)).Name);
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task The_network_health_assets_and_submission_need_no_token()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Routes.Network));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Routes.Ready));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Routes.OpenApi));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/v1/assets/{_gateway.Money}"));
        Assert.Equal(ReceiptOutcome.Accepted, (await _gateway.SubmitAcceptedAsync(_gateway.Pay(1))).Outcome);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("http://localhost:1;http://[::1]:2", false)]
    [InlineData("http://0.0.0.0:5080", true)]
    [InlineData("http://127.0.0.1:1;http://10.0.0.1:2", true)]
    [InlineData("http://*:5080", true)]
    public void Authentication_is_on_by_default_off_loopback(string urls, bool expected) =>
        Assert.Equal(expected, new GatewayOptions { Urls = urls }.IsAuthOn);

    private async Task<HttpStatusCode> StatusAsync(string path, string? token = null, ECDsa? signer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (signer is not null)
        {
            request.Headers.Add(RequestSignature.Header, GatewayFixture.SignRequest(signer, "GET", path));
        }

        using var response = await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }
}
