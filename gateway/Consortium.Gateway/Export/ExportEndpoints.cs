using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;

namespace Consortium.Gateway.Export;

/// <summary><c>GET /v1/export</c>.</summary>
internal static class ExportEndpoints
{
    public static void MapExport(this IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.Export, GetAsync)
        .WithName("GetExport")
        .WithTags("Chain")
        .WithSummary("The whole chain, to be verified without trusting anyone")
        .WithDescription("Every signed transaction, outcome and sealed header up to a sealed block (to, default the last), in the export format. `consortium verify FILE` checks it.")
        .Produces<byte[]>(StatusCodes.Status200OK, MediaTypes.Bytes)
        .ProducesReadRefusals();

    private static async Task GetAsync(
        HttpContext context,
        ulong? to,
        ChainExport export,
        CancellationToken cancellationToken)
    {
        var (node, height) = await export.FindAsync(Credentials.Of(context), to, cancellationToken);
        context.Response.ContentType = MediaTypes.Bytes;
        context.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture,
            $"attachment; filename=\"consortium-{height}.chain\"");
        await using var buffered = new BufferedStream(context.Response.Body, 64 * 1024);
        await node.ExportAsync(buffered, height, cancellationToken);
        await buffered.FlushAsync(cancellationToken);
    }
}
