using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Consortium.Api;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Gateway;

/// <summary>Each refusal is provoked over HTTP and answers as the catalogue says.</summary>
public sealed class RefusalTests
{
    private static readonly Dictionary<Refusal, Func<Task<HttpResponseMessage>>> Provocations = new()
    {
        [Refusal.Malformed] = () => With(gateway => gateway.SubmitAsync(new byte[] { 0x0a, 0x01, 0xff })),
        [Refusal.TooLarge] = () => With(gateway => gateway.SubmitAsync(new byte[70_000]), new GatewayOptions { RequestBytesMax = 65_536 }),
        [Refusal.BatchTooLarge] = () => With(
            gateway => gateway.SubmitAsync(SubmissionBytes.Join([gateway.Pay(1).SignedBytes, gateway.Pay(2).SignedBytes])),
            new GatewayOptions { TransactionsPerRequestMax = 1 }),
        [Refusal.MediaTypeUnsupported] = () => With(gateway => gateway.PostAsync(Routes.Transactions, [1], "text/plain")),
        [Refusal.WrongNetwork] = () => With(gateway => gateway.SubmitAsync(Sign(gateway, network: Digest.Sha256("another"u8)))),
        [Refusal.SignatureMissing] = () => With(gateway => gateway.SubmitAsync(Sign(gateway, signatures: (_, _) => []))),
        [Refusal.SignaturesTooMany] = () => With(gateway => gateway.SubmitAsync(Sign(
            gateway,
            signatures: (key, value) => [.. Enumerable.Range(0, LedgerLimits.SignaturesMax + 1).Select(_ => (key, value))]))),
        [Refusal.SignatureRepeated] = () => With(gateway => gateway.SubmitAsync(Sign(
            gateway,
            signatures: (key, value) => [(key, value), (key, value)]))),
        [Refusal.PublicKeyInvalid] = () => With(gateway => gateway.SubmitAsync(Sign(
            gateway,
            signatures: (key, value) => [(new PublicKey(key.X, Digest.Sha256("no point"u8)), value)]))),
        [Refusal.SignatureNotLowS] = () => With(gateway => gateway.SubmitAsync(Sign(
            gateway,
            signatures: (key, value) => [(key, WithHighS(value))]))),
        [Refusal.SignatureInvalid] = () => With(gateway => gateway.SubmitAsync(Sign(
            gateway,
            signatures: (key, value) => [(key, P256.Sign(gateway.AliceKey, "something else"u8))]))),
        [Refusal.SignedByRotatedKey] = () => With(async gateway =>
        {
            var rotate = new RotateKeys(gateway.Alice, Authority.Single(GatewayFixture.PublicKeyOf(gateway.BobKey)));
            var receipt = await gateway.SubmitAsync(gateway.Sign(rotate, gateway.AliceKey).SignedBytes);
            Assert.Equal(HttpStatusCode.OK, receipt.StatusCode);
            return await gateway.SubmitAsync(Sign(gateway));
        }),
        [Refusal.NotAuthorised] = () => With(gateway =>
        {
            // A caller who may not sign for the account must not use up the transaction's id.
            var payload = Payload(gateway);
            return gateway.SubmitAsync(TransactionCodec.EncodeSigned(
                payload,
                [(GatewayFixture.PublicKeyOf(gateway.BobKey), P256.Sign(gateway.BobKey, payload))]));
        }),
        [Refusal.Expired] = () => With(gateway => gateway.SubmitAsync(Sign(gateway, DateTimeOffset.UtcNow.AddMinutes(-1)))),
        [Refusal.ValidUntilTooFar] = () => With(gateway => gateway.SubmitAsync(Sign(gateway, DateTimeOffset.UtcNow.AddDays(10)))),
        [Refusal.Overloaded] = ProvokeOverloadedAsync,
        [Refusal.RateLimited] = () => With(ProvokeRateLimitedAsync, new GatewayOptions { TransactionsPerSecondMax = 2, TransactionsPerRequestMax = 1 }),
        [Refusal.StorageUnavailable] = () => With(gateway =>
        {
            gateway.Node.Submit = transactions => Task.FromResult<IReadOnlyList<OrderResult>>(
                [.. transactions.Select(transaction => OrderResult.Refuse(
                    transaction.Id, new Refused(Refusal.StorageUnavailable, "The disk is full.")))]);
            return gateway.SubmitAsync(gateway.Pay(1).SignedBytes);
        }),
        [Refusal.NotServing] = () => With(gateway =>
        {
            gateway.Node.StatusGiven = NodeStatus.Starting;
            return gateway.SubmitAsync(gateway.Pay(1).SignedBytes);
        }),
        [Refusal.WaitTimedOut] = () => With(gateway => gateway.SubmitAsync(gateway.Pay(1).SignedBytes, "?wait=final&timeoutSeconds=0")),
        [Refusal.NotFound] = () => With(gateway => gateway.Http.GetAsync($"/v1/accounts/{new AccountId(Digest.Sha256("none"u8))}")),
        [Refusal.HeightNotSealed] = () => With(gateway => gateway.Http.GetAsync("/v1/blocks/1000000000")),
        [Refusal.ParameterInvalid] = () => With(gateway => gateway.Http.GetAsync("/v1/accounts/acc1nonsense")),
        [Refusal.Unauthenticated] = () => With(
            gateway => gateway.Http.GetAsync($"/v1/accounts/{gateway.Alice}"),
            new GatewayOptions { Auth = true }),
        [Refusal.Forbidden] = () => With(
            async gateway =>
            {
                var path = $"/v1/accounts/{gateway.Alice}";
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.Add(RequestSignature.Header, GatewayFixture.SignRequest(gateway.BobKey, "GET", path));
                return await gateway.Http.SendAsync(request);
            },
            new GatewayOptions { Auth = true }),
        [Refusal.Internal] = () => With(gateway =>
        {
            gateway.Node.Failure = new InvalidOperationException("a secret of the inside");
            return gateway.Http.GetAsync($"/v1/accounts/{gateway.Alice}");
        }),
    };

    public static TheoryData<Refusal> All => [.. Enum.GetValues<Refusal>().Where(code => code != Refusal.None)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Provoking_a_refusal_answers_as_the_catalogue_says(Refusal code)
    {
        Assert.True(Provocations.ContainsKey(code), $"Nothing provokes {code}: add it to the table.");
        using var response = await Provocations[code]();
        var text = await response.Content.ReadAsStringAsync();
        var entry = ErrorCatalogue.Find(code);
        Assert.Equal(code, entry.Code);
        Assert.True(entry.Status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        var problem = response.StatusCode == HttpStatusCode.Accepted ? json.RootElement.GetProperty("refusal") : json.RootElement;
        Assert.Equal((int)code, problem.GetProperty("code").GetInt32());
        Assert.Equal(code.ToString(), problem.GetProperty("name").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString() ?? string.Empty);
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            Assert.Equal(MediaTypes.Problem, response.Content.Headers.ContentType?.MediaType);
            Assert.Equal($"urn:consortium:refusal:{code}", problem.GetProperty("type").GetString());
            Assert.StartsWith("/v1/", problem.GetProperty("instance").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, response.Headers.RetryAfter is not null);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Consortium", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere", "GET", 404)]
    [InlineData("/v1/network", "POST", 405)]
    [InlineData("/v1/transactions", "DELETE", 405)]
    public async Task A_path_or_method_that_is_not_there_answers_with_problem_details(string path, string method, int status)
    {
        await using var gateway = new Disposing(await GatewayFixture.StartAsync());
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await gateway.Fixture.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(nameof(Refusal.NotFound), (await GatewayFixture.ReadProblemAsync(response)).Name);
    }

    [Theory]
    [InlineData("{", "not the JSON")]
    [InlineData("null", "null")]
    [InlineData("[]", "not the JSON")]
    [InlineData("{}", "either payload")]
    [InlineData("{\"transactions\":[]}", "no transactions")]
    [InlineData("{\"transactions\":[null]}", "null")]
    [InlineData("{\"transactions\":[{\"payload\":\"!\",\"signatures\":[]}]}", "base64")]
    [InlineData("{\"payload\":\"AA==\",\"signatures\":[null]}", "null")]
    [InlineData("{\"payload\":\"AA==\",\"signatures\":[],\"surprise\":1}", "surprise")]
    [InlineData("{\"payload\":7,\"signatures\":[]}", "payload")]
    public async Task Json_that_is_not_a_submission_is_refused_as_malformed(string json, string expected)
    {
        await using var gateway = new Disposing(await GatewayFixture.StartAsync());
        using var response = await gateway.Fixture.PostJsonAsync(Routes.Transactions, json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await GatewayFixture.ReadProblemAsync(response);
        Assert.Equal(nameof(Refusal.Malformed), problem.Name);
        Assert.Contains(expected, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Consortium.Api", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_nested_deeper_than_sixteen_is_refused_as_malformed()
    {
        await using var gateway = new Disposing(await GatewayFixture.StartAsync());
        var deep = new StringBuilder("{\"kind\":\"deal\",\"body\":").Insert(22, string.Empty);
        deep.Append('[', 100_000).Append(']', 100_000).Append('}');
        using var response = await gateway.Fixture.PostJsonAsync(Routes.Build, deep.ToString());
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(nameof(Refusal.Malformed), (await GatewayFixture.ReadProblemAsync(response)).Name);
    }

    [Fact]
    public async Task A_chunked_body_over_the_limit_is_refused_as_too_large()
    {
        await using var gateway = new Disposing(await GatewayFixture.StartAsync(new GatewayOptions { RequestBytesMax = 65_536 }));
        using var request = new HttpRequestMessage(HttpMethod.Post, Routes.Transactions)
        {
            Content = new StreamContent(new MemoryStream(new byte[100_000])),
        };
        request.Content.Headers.ContentType = new(MediaTypes.Protobuf);
        request.Headers.TransferEncodingChunked = true;
        using var response = await gateway.Fixture.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1/blocks/0")]
    [InlineData("/v1/blocks/-1")]
    [InlineData("/v1/blocks/first")]
    [InlineData("/v1/transactions/tx1")]
    [InlineData("/v1/assets/ast1x")]
    [InlineData("/v1/parties/acc1x/balance-sheet")]
    [InlineData("/v1/export?to=yes")]
    [InlineData("/v1/events?from=-1")]
    [InlineData("/v1/accounts/{alice}/balances?at=99999999999999999999999")]
    [InlineData("/v1/accounts/{alice}/statement?limit=0")]
    [InlineData("/v1/accounts/{alice}/statement?limit=1001")]
    [InlineData("/v1/assets/{money}/holders?after=nobody")]
    [InlineData("/v1/proofs/accounts/{alice}/holdings/ast1x")]
    public async Task A_parameter_that_is_not_understood_is_named(string path)
    {
        await using var gateway = new Disposing(await GatewayFixture.StartAsync());
        path = path
            .Replace("{alice}", gateway.Fixture.Alice.ToString(), StringComparison.Ordinal)
            .Replace("{money}", gateway.Fixture.Money.ToString(), StringComparison.Ordinal);
        using var response = await gateway.Fixture.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(nameof(Refusal.ParameterInvalid), (await GatewayFixture.ReadProblemAsync(response)).Name);
    }

    [Fact]
    public void Every_refusal_has_a_grpc_code_that_says_whether_to_try_again()
    {
        RpcCode[] passing = [RpcCode.ResourceExhausted, RpcCode.Unavailable, RpcCode.DeadlineExceeded, RpcCode.OutOfRange, RpcCode.Internal];
        Assert.All(ErrorCatalogue.All, entry =>
        {
            Assert.True(Enum.IsDefined(entry.Rpc) && entry.Rpc != RpcCode.Ok, $"{entry.Code} has no gRPC code.");
            Assert.Equal((entry.Code, entry.Retryable), (entry.Code, passing.Contains(entry.Rpc)));
        });
    }

    [Fact]
    public void The_catalogue_says_what_to_do_about_every_refusal()
    {
        Assert.Equal(Enum.GetValues<Refusal>().Where(code => code != Refusal.None), ErrorCatalogue.All.Select(entry => entry.Code));
        Assert.All(ErrorCatalogue.All, entry =>
        {
            Assert.InRange(entry.Status, 200, 599);
            Assert.EndsWith(".", entry.Action, StringComparison.Ordinal);
            Assert.NotEmpty(entry.Title);
        });
    }

    private static async Task<HttpResponseMessage> With(Func<GatewayFixture, Task<HttpResponseMessage>> provoke, GatewayOptions? options = null)
    {
        await using var gateway = new Disposing(await GatewayFixture.StartAsync(options));
        var response = await provoke(gateway.Fixture);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    private static async Task<HttpResponseMessage> ProvokeOverloadedAsync()
    {
        await using var gateway = new Disposing(await GatewayFixture.StartAsync(sequencing: new SequencerOptions { QueueTransactionsMax = 1 }));
        var body = SubmissionBytes.Join([gateway.Fixture.Pay(1).SignedBytes, gateway.Fixture.Pay(2).SignedBytes]);
        var response = await gateway.Fixture.SubmitAsync(body);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    private static async Task<HttpResponseMessage> ProvokeRateLimitedAsync(GatewayFixture gateway)
    {
        const int RequestsMax = 10_000;
        for (var count = 1; ; count++)
        {
            var response = await gateway.Http.GetAsync(Routes.Network);
            if (response.StatusCode != HttpStatusCode.OK || count == RequestsMax)
            {
                return response;
            }

            response.Dispose();
        }
    }

    private static byte[] Sign(
        GatewayFixture gateway,
        DateTimeOffset? validUntil = null,
        Digest? network = null,
        Func<PublicKey, byte[], IEnumerable<(PublicKey Key, byte[] Value)>>? signatures = null)
    {
        var payload = Payload(gateway, validUntil, network);
        var value = P256.Sign(gateway.AliceKey, payload);
        var key = GatewayFixture.PublicKeyOf(gateway.AliceKey);
        return TransactionCodec.EncodeSigned(payload, signatures is null ? [(key, value)] : signatures(key, value));
    }

    private static byte[] Payload(GatewayFixture gateway, DateTimeOffset? validUntil = null, Digest? network = null) =>
        TransactionCodec.EncodePayload(
            network ?? gateway.Node.Genesis.Network,
            (ulong)(validUntil ?? DateTimeOffset.UtcNow.AddMinutes(10)).ToUnixTimeMilliseconds(),
            [1],
            new Issue(gateway.Money, gateway.Bob, new Amount(7)));

    private static byte[] WithHighS(byte[] signature)
    {
        var order = System.Numerics.BigInteger.Parse(
            "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture);
        var high = order - new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var bytes = high.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. signature[..32], .. new byte[32 - bytes.Length], .. bytes];
    }

    private sealed class Disposing(GatewayFixture fixture) : IAsyncDisposable
    {
        public GatewayFixture Fixture => fixture;

        public async ValueTask DisposeAsync() => await fixture.DisposeAsync();
    }
}
