using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Simulations;

/// <summary><c>POST /v1/simulate</c>.</summary>
internal static class SimulationEndpoints
{
    public static void MapSimulations(this IEndpointRouteBuilder routes) => routes
        .MapPost(Routes.Simulate, PostAsync)
        .WithName("SimulateTransaction")
        .WithTags("Transactions")
        .WithSummary("Execute a transaction without keeping it")
        .WithDescription(
            "Answers with every rule that would be broken, or with what would change. Keys named as signers are taken at their word; "
            + "signatures, when given, are checked. Needs a token, or a signed request, where reads of accounts do.")
        .Accepts<SimulationRequest>(MediaTypes.Json)
        .ProducesRefusals(400, 401, 403, 413, 415, 422, 429, 503);

    private static async Task<Ok<SimulationResponse>> PostAsync(
        HttpContext context,
        NodeSource nodes,
        ReaderCheck readers,
        Simulator simulator)
    {
        var node = nodes.Serving;
        readers.RequireReader(Credentials.Of(context), node);
        var request = await JsonBody.ReadAsync<SimulationRequest>(context.Request);
        return TypedResults.Ok(await simulator.RunAsync(node, request, context.RequestAborted));
    }
}
