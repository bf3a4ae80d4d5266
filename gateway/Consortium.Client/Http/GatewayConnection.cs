using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Consortium.Api;

namespace Consortium.Client.Http;

/// <summary>Requests and answers: turns problem details into exceptions.</summary>
internal sealed class GatewayConnection(HttpClient http, TimeSpan timeout)
{
    public async Task<TResponse> GetAsync<TResponse>(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync<TResponse>(request, timeout, cancellationToken);
    }

    public async Task<TResponse> PostAsync<TRequest, TResponse>(string path, TRequest body, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await SendAsync<TResponse>(request, timeout, cancellationToken);
    }

    /// <summary>Posts protocol buffers and takes protocol buffers.</summary>
    public async Task<byte[]> PostBytesAsync(string path, byte[] body, TimeSpan wait, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.Protobuf);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.Protobuf));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout + wait);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(limit.Token);

            // Receipts come with other statuses than 200 too, when what they say is why.
            return HasType(response, MediaTypes.Protobuf) ? bytes : throw Refused(response, bytes);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow();
        }
    }

    /// <summary>Opens a stream of an answer's body; the caller disposes it.</summary>
    public async Task<Stream> OpenAsync(string path, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadAsStreamAsync(cancellationToken);
        }

        using (response)
        {
            throw Refused(response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
    }

    private async Task<TResponse> SendAsync<TResponse>(HttpRequestMessage request, TimeSpan wait, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.Json));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(wait);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.IsSuccessStatusCode && TryRead<TResponse>(bytes) is { } read ? read : throw Refused(response, bytes);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow();
        }
    }

    private static bool HasType(HttpResponseMessage response, string mediaType) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, mediaType, StringComparison.OrdinalIgnoreCase);

    private static TResponse? TryRead<TResponse>(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<TResponse>(bytes, ApiJson.Options);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static ConsortiumException Refused(HttpResponseMessage response, byte[] bytes)
    {
        if (HasType(response, MediaTypes.Problem) && TryRead<ProblemResponse>(bytes) is { Name: not null, Code: > 0 } problem)
        {
            return RefusedException.From(problem, response.Headers.RetryAfter?.Delta);
        }

        var proxy = response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        return new ConsortiumException(
            proxy ? "gateway_unreachable" : "not_a_gateway",
            $"What answers at {response.RequestMessage?.RequestUri} (HTTP {(int)response.StatusCode}) does not speak this API.",
            proxy ? "Wait until the gateway behind the proxy serves, then run the command again." : "Check the gateway's address and version.");
    }

    private ConsortiumException TooSlow() => new(
        "gateway_silent",
        $"The gateway took the request but did not answer within {timeout.TotalSeconds:0} s.",
        "Ask GET /health/ready of it, and try again; sending a transaction again is safe.");
}
