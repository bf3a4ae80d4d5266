using Consortium.Api;

namespace Consortium.Tests.Cli;

/// <summary>The options by which the command chooses HTTP or gRPC.</summary>
public sealed class GrpcOptionTests
{
    private const string Address = "http://127.0.0.1:5081";

    [Theory]
    [InlineData("not-an-address")]
    [InlineData("ftp://127.0.0.1")]
    public async Task What_is_no_address_is_refused_before_anything_is_tried(string address)
    {
        var run = await CliRun.OfflineAsync("network", "--grpc", address);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{address}' is not an http or https address", run.Error, StringComparison.Ordinal);
        run = await RunAsync(name => name == "CONSORTIUM_GRPC" ? address : null, [], "network");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("CONSORTIUM_GRPC", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_addresses_at_once_make_no_sense()
    {
        var run = await RunAsync(_ => null, [], "network", "--grpc", Address, "--url", Address);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--url and by --grpc", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_option_and_the_environment_choose_grpc_and_an_url_on_the_command_line_chooses_http()
    {
        Func<string, string?> environment = name => name == "CONSORTIUM_GRPC" ? Address : null;
        var asked = new List<Uri>();
        await RunAsync(environment, asked, "network");
        await RunAsync(_ => null, asked, "network", "--grpc", "http://127.0.0.1:7");
        Assert.Equal([new Uri(Address), new Uri("http://127.0.0.1:7")], asked);
        asked.Clear();
        await RunAsync(environment, asked, "network", "--url", "http://127.0.0.1:5080");
        Assert.Empty(asked);
    }

    private static Task<CliRun> RunAsync(Func<string, string?> environment, List<Uri> asked, params string[] arguments) => CliRun.WithAsync(
        _ => new Unreachable(),
        address =>
        {
            asked.Add(address);
            throw new ConsortiumException("stopped_here", "The test goes no further.", "Nothing.");
        },
        environment,
        arguments);

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("There is no connection in this test.");
    }
}
