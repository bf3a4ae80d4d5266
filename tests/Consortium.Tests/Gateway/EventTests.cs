using System.Net.Http.Headers;
using System.Text.Json;
using Consortium.Api;
using Consortium.Client;

namespace Consortium.Tests.Gateway;

public sealed class EventTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_transaction_is_announced_as_ordered_then_its_block_as_sealed_then_as_final()
    {
        var position = gateway.Node.Progress.Now.Position + 1;
        var receipt = await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=final");
        using var limit = new CancellationTokenSource(Limit);
        var events = await ReadAsync($"/v1/events?from={position}", null, found => found.Any(one => IsFinal(one, receipt.Height!.Value)), limit.Token);
        var ordered = events.FindIndex(one => one.Name == "ordered" && one.Data.Contains(receipt.TransactionId!, StringComparison.Ordinal));
        var isSealed = events.FindIndex(one => one.Name == "sealed" && Read<SealedEvent>(one).Height == receipt.Height);
        var isFinal = events.FindIndex(one => IsFinal(one, receipt.Height!.Value));
        Assert.InRange(ordered, 0, isSealed - 1);
        Assert.InRange(isSealed, 0, isFinal - 1);
        Assert.Equal(receipt.Position, events[ordered].Id);
    }

    [Fact]
    public async Task A_stream_that_is_resumed_by_last_event_id_goes_on_without_gaps()
    {
        await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=final");
        using var limit = new CancellationTokenSource(Limit);
        var first = await ReadAsync("/v1/events?from=1", null, found => found.Count(one => one.Id is not null) >= 3, limit.Token);
        var last = first.Last(one => one.Id is not null).Id;
        var rest = await ReadAsync("/v1/events?from=1", last, found => found.Count(one => one.Id is not null) >= 3, limit.Token);
        Assert.Equal(last + 1, rest.First(one => one.Id is not null).Id);
        var ids = first.Concat(rest).Where(one => one.Id is not null).Select(one => one.Id!.Value).ToList();

        // Position 1 says that the node began to order; that is no event.
        Assert.Equal(Enumerable.Range(2, ids.Count).Select(id => (ulong)id), ids);
    }

    [Fact]
    public async Task A_stream_without_a_start_begins_with_what_comes_next()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Events);
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal(MediaTypes.EventStream, response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        Assert.StartsWith(":", await reader.ReadLineAsync(limit.Token), StringComparison.Ordinal);
        var transaction = gateway.Pay(1);
        await gateway.SubmitAcceptedAsync(transaction);
        while (await reader.ReadLineAsync(limit.Token) is { } line && !line.Contains(transaction.Id.ToString(), StringComparison.Ordinal))
        {
            Assert.NotNull(line);
        }

        Assert.False(limit.IsCancellationRequested);
    }

    [Fact]
    public async Task The_client_reads_the_same_events_and_resumes_them()
    {
        await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=final");
        using var limit = new CancellationTokenSource(Limit);
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = gateway.Http.BaseAddress }, TimeProvider.System);
        var first = await TakeAsync(client.EventsAsync(1, limit.Token), found => found.Any(one => one.Final is not null));
        Assert.Contains(first, one => one.Ordered is { Transactions.Count: > 0 });
        var resumeFrom = first.Last(one => one.ResumeFrom is not null).ResumeFrom;
        var rest = await TakeAsync(client.EventsAsync(resumeFrom, limit.Token), found => found.Any(one => one.ResumeFrom is not null));
        Assert.Equal(resumeFrom, rest[0].Ordered?.Position ?? rest[0].Sealed?.Position);
    }

    private static async Task<List<LedgerEvent>> TakeAsync(IAsyncEnumerable<LedgerEvent> events, Func<List<LedgerEvent>, bool> until)
    {
        var found = new List<LedgerEvent>();
        await foreach (var one in events)
        {
            found.Add(one);
            if (until(found))
            {
                break;
            }
        }

        return found;
    }

    private static bool IsFinal(ServerEvent one, ulong height) => one.Name == "final" && Read<FinalEvent>(one).Height >= height;

    private static T Read<T>(ServerEvent one) => JsonSerializer.Deserialize<T>(one.Data, ApiJson.Options)!;

    private async Task<List<ServerEvent>> ReadAsync(
        string path,
        ulong? lastEventId,
        Func<List<ServerEvent>, bool> until,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.EventStream));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId.ToString());
        }

        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        var found = new List<ServerEvent>();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var (name, id, data) = (string.Empty, (ulong?)null, string.Empty);
        while (!until(found) && await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = ulong.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data = line[6..];
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                found.Add(new ServerEvent(name, id, data));
                (name, id, data) = (string.Empty, null, string.Empty);
            }
        }

        return found;
    }

    private sealed record ServerEvent(string Name, ulong? Id, string Data);
}
