using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Consortium.Api;
using Consortium.Gateway.Hosting;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>Bytes that no client sends: each is answered, and the gateway goes on.</summary>
public sealed class HostileTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>
{
    private const string Submit = "/consortium.api.v1.Submissions/Submit";
    private const string Stream = "/consortium.api.v1.Submissions/SubmitStream";

    public static TheoryData<string, string, string> Bodies => new()
    {
        { Submit, "0000000004ffffffff", "3" }, // not protocol buffers
        { Submit, "00000000020a7f", "3" }, // a field longer than the message
        { Submit, "00ffffffff", "3" }, // a message of 4 GiB announced
        { Submit, "0000000008", "3" }, // a message cut off
        { Submit, "00000000", "3" }, // a prefix cut off
        { Submit, string.Empty, "3" }, // no message at all
        { Submit, "0000000000" + "0000000000", "3" }, // two messages where one belongs
        { Submit, "0100000002ffff", "3" }, // compressed without saying how
        { Submit, "7700000000", "3" }, // a prefix of no meaning
        { Submit, "0000000000", "3" }, // an empty request
        { Stream, "0000000004ffffffff", "3" },
        { Stream, "00ffffffff", "3" },
        { Stream, "0000000008", "3" },
        { "/consortium.api.v1.Submissions/Nothing", "0000000000", "12" },
        { "/nobody/Nothing", "0000000000", "12" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Bytes_that_are_no_request_are_refused(string method, string body, string expected)
    {
        using var response = await SendAsync(method, Convert.FromHexString(body), "application/grpc");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, Status(response));
        Assert.True((await gateway.Grpc.GetNetworkAsync(CancellationToken.None)).Position > 0);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task What_is_not_grpc_is_refused_by_its_media_type(string mediaType)
    {
        using var response = await SendAsync(Submit, [0, 0, 0, 0, 0], mediaType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_message_that_is_compressed_is_refused_before_it_is_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            // A field that nobody knows, of a megabyte: what unpacks it finds nothing wrong with it.
            await gzip.WriteAsync((byte[])[0x7a, 0x80, 0x80, 0x40, .. new byte[1024 * 1024]]);
        }

        byte[] body = [1, .. BitConverter.GetBytes((int)packed.Length).Reverse(), .. packed.ToArray()];
        using var response = await SendAsync("/consortium.api.v1.Queries/GetNetwork", body, "application/grpc", "gzip");
        Assert.Equal("12", Status(response));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_over_http_whatever_it_calls_itself()
    {
        await using var small = await GrpcFixture.StartAsync(new GatewayOptions { RequestBytesMax = 64 * 1024 });
        using var http = new HttpClient();
        using var content = new ByteArrayContent(new byte[128 * 1024]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc+json");
        using var response = await http.PostAsync(new Uri(small.HttpAddress, Routes.Transactions), content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Noise_on_a_connection_ends_that_connection_only()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var random = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, gateway.GrpcAddress.Port, limit.Token);
            var noise = new byte[1 + random.Next(4096)];
            random.NextBytes(noise);
            var preface = i % 2 == 0 ? "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray() : [];
            await TalkAsync(socket, [.. preface, .. noise], limit.Token);
        }

        Assert.True((await gateway.Grpc.GetNetworkAsync(limit.Token)).Position > 0);
    }

    [Fact]
    public async Task Calls_beyond_those_that_a_connection_may_have_wait_for_one_to_end()
    {
        await using var narrow = await GrpcFixture.StartAsync(new GatewayOptions { GrpcStreamsMax = 1 });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var single = narrow.Connect(new() { Handler = new SocketsHttpHandler() });
        await using var held = single.EventsAsync(1, limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.True(await held.MoveNextAsync());
        var waiting = single.GetNetworkAsync(limit.Token);

        // Another connection has a stream of its own, and takes turns meanwhile.
        for (var i = 0; i < 20; i++)
        {
            Assert.True((await narrow.Grpc.GetNetworkAsync(limit.Token)).Position > 0);
        }

        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        Assert.True((await waiting).Position > 0);
    }

    [Fact]
    public async Task Older_http_than_2_is_not_spoken_there()
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(gateway.GrpcAddress, Routes.Network));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task TalkAsync(TcpClient socket, byte[] noise, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            var stream = socket.GetStream();
            await stream.WriteAsync(noise, cancellationToken);
            socket.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
                // The answer to noise does not matter; the connection must end.
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException)
        {
            // Reset is an end too.
        }
    }

    private static string? Status(HttpResponseMessage response)
    {
        foreach (var headers in (HttpHeaders[])[response.Headers, response.TrailingHeaders])
        {
            if (headers.TryGetValues("grpc-status", out var values))
            {
                return values.Single();
            }
        }

        return null;
    }

    private async Task<HttpResponseMessage> SendAsync(string method, byte[] body, string mediaType, string? encoding = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.GrpcAddress, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return await http.SendAsync(request);
    }
}
