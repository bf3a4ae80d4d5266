using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;

namespace Consortium.Gateway.Proofs;

/// <summary>Proofs.</summary>
internal static class ProofEndpoints
{
    public static void MapProofs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.HoldingProof, GetHoldingAsync)
            .WithName("GetHoldingProof")
            .WithTags("Proofs")
            .WithSummary("A proof of a holding, or of its absence")
            .WithDescription("Stands on the last block that was cut, and waits until that is sealed. application/octet-stream, by Accept, has the proof's bytes alone.")
            .Produces<ProofResponse>(StatusCodes.Status200OK, MediaTypes.Json, MediaTypes.Bytes)
            .ProducesReadRefusals();
        routes.MapGet(Routes.TransactionProof, GetTransactionAsync)
            .WithName("GetTransactionProof")
            .WithTags("Proofs")
            .WithSummary("A proof of a transaction and its receipt")
            .WithDescription("Waits until the transaction's block is sealed. application/octet-stream, by Accept, has the proof's bytes alone.")
            .Produces<ProofResponse>(StatusCodes.Status200OK, MediaTypes.Json, MediaTypes.Bytes)
            .ProducesReadRefusals();
    }

    private static async Task<IResult> GetHoldingAsync(HttpContext context, string id, string instrument, ProofQueries proofs) =>
        Describe(context, await proofs.ProveHoldingAsync(Credentials.Of(context), id, instrument, context.RequestAborted));

    private static async Task<IResult> GetTransactionAsync(HttpContext context, string id, ProofQueries proofs) =>
        Describe(context, await proofs.ProveTransactionAsync(Credentials.Of(context), id, context.RequestAborted));

    private static IResult Describe(HttpContext context, byte[] bytes) =>
        context.Request.Headers.Accept.Any(accept => accept?.StartsWith(MediaTypes.Bytes, StringComparison.OrdinalIgnoreCase) == true)
            ? TypedResults.Bytes(bytes, MediaTypes.Bytes)
            : TypedResults.Ok(ProofQueries.Describe(bytes));
}
