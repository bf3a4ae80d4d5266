using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Events;
using Consortium.Gateway.Export;
using Consortium.Gateway.Grpc.Calls;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Telemetry;
using Consortium.Ledger;
using Grpc.Core;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Chain;

/// <summary>The service <c>Chain</c>.</summary>
internal sealed class ChainService(
    NodeSource nodes,
    ReaderCheck readers,
    ChainExport export,
    TimeProvider timeProvider,
    IHostApplicationLifetime lifetime) : Api.Rpc.Chain.ChainBase
{
    private static readonly TimeSpan WriteGrace = TimeSpan.FromSeconds(2);

    public override async Task Events(
        ApiWire.EventsRequest request,
        IServerStreamWriter<ApiWire.LedgerEvent> responseStream,
        ServerCallContext context)
    {
        var node = nodes.Serving;
        readers.RequireReader(context.Credentials(request), node);
        var first = request.HasFrom ? request.From : node.Progress.Now.Position + 1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        // A write that is cancelled resets the stream, and the caller would not read why it ends: a write under way has a moment to finish.
        using var write = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        await using var stopping = lifetime.ApplicationStopping.Register(() => write.CancelAfter(WriteGrace));
        GatewayInstruments.EventStreams.Add(1);
        try
        {
            // Something is sent at once, so that the caller knows that the stream stands.
            await context.WriteResponseHeadersAsync([]);
            await foreach (var group in new EventFeed(node, timeProvider).ReadAsync(first, stop.Token))
            {
                await foreach (var one in group)
                {
                    await responseStream.WriteAsync(one.ToWire(), write.Token);
                    stop.Token.ThrowIfCancellationRequested();
                }
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RefusalException(Refusal.NotServing, "The gateway stops; go on at another, from the last resume_from.");
        }
        finally
        {
            GatewayInstruments.EventStreams.Add(-1);
        }
    }

    public override async Task Export(
        ApiWire.ExportRequest request,
        IServerStreamWriter<ApiWire.ExportChunk> responseStream,
        ServerCallContext context)
    {
        var (node, height) = await export.FindAsync(context.Credentials(request), request.HasTo ? request.To : null, context.CancellationToken);
        await using var buffered = new BufferedStream(new ChunkStream(responseStream), ChunkStream.BytesMax);
        await node.ExportAsync(buffered, height, context.CancellationToken);
        await buffered.FlushAsync(context.CancellationToken);
    }
}
