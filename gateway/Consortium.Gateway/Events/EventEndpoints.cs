using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Telemetry;
using Consortium.Ledger;

namespace Consortium.Gateway.Events;

/// <summary><c>GET /v1/events</c>.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.Events, GetAsync)
        .WithName("GetEvents")
        .WithTags("Chain")
        .WithSummary("What happens, as server-sent events: ordered, sealed, final")
        .WithDescription(
            "From a journal position (from, default the next one), then as it happens, without gaps. The id of an event is its journal position (positions at which a node began to order have no event); "
            + "after a lost connection send it as Last-Event-ID, and the stream goes on with the next. An event may then come twice, never not at all. "
            + "final follows the sealed event that buried the block and says that it and all below are final. A comment comes every 15 seconds of silence.")
        .Produces<string>(StatusCodes.Status200OK, MediaTypes.EventStream)
        .ProducesReadRefusals();

    private static async Task GetAsync(
        HttpContext context,
        ulong? from,
        NodeSource nodes,
        ReaderCheck readers,
        TimeProvider timeProvider,
        IHostApplicationLifetime lifetime)
    {
        var node = nodes.Serving;
        readers.RequireReader(Credentials.Of(context), node);
        var first = ReadFirst(context.Request, from) ?? node.Progress.Now.Position + 1;
        context.Response.ContentType = MediaTypes.EventStream;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        GatewayInstruments.EventStreams.Add(1);
        try
        {
            await new EventStream(new EventFeed(node, timeProvider), context.Response.Body).RunAsync(first, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller went, or the gateway stops: the stream goes on elsewhere with Last-Event-ID.
        }
        finally
        {
            GatewayInstruments.EventStreams.Add(-1);
        }
    }

    private static ulong? ReadFirst(HttpRequest request, ulong? from)
    {
        var last = request.Headers["Last-Event-ID"].ToString();
        if (last.Length == 0)
        {
            return from;
        }

        return ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < ulong.MaxValue
            ? position + 1
            : throw new RefusalException(Refusal.ParameterInvalid, "Last-Event-ID must be a journal position.");
    }
}
