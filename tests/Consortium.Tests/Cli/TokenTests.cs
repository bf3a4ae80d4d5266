using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Consortium.Tests.Cli;

/// <summary>The token that the command line sends.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("a-token-of-somebody", "Bearer a-token-of-somebody")]
    [InlineData(" a-token-of-somebody\n", "Bearer a-token-of-somebody")]
    [InlineData(null, null)]
    [InlineData("", null)]
    public async Task The_token_of_the_environment_goes_with_every_request(string? token, string? expected)
    {
        var gateway = new Listening();
        await RunAsync(gateway, token);
        Assert.Equal([expected], gateway.Seen.Select(value => value?.ToString()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_token_that_no_gateway_could_know_is_not_sent()
    {
        var gateway = new Listening();
        var run = await RunAsync(gateway, "two words");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("CONSORTIUM_TOKEN", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", run.Error, StringComparison.Ordinal);
        Assert.Empty(gateway.Seen);
    }

    private static Task<CliRun> RunAsync(Listening gateway, string? token) =>
        CliRun.WithAsync(_ => gateway, name => name == "CONSORTIUM_TOKEN" ? token : null, "network");

    private sealed class Listening : HttpMessageHandler
    {
        public List<AuthenticationHeaderValue?> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add(request.Headers.Authorization);
            throw new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));
        }
    }
}
