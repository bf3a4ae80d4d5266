using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Doctor;

/// <summary><c>GET /v1/doctor</c>.</summary>
internal static class DoctorEndpoints
{
    public static void MapDoctor(this IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.Doctor, GetAsync)
        .WithName("GetDoctor")
        .WithTags("Health")
        .WithSummary("Facts about the network's parts")
        .WithDescription(
            "Asks every silo, every shard and the sequencer, and answers within a few seconds with what they said: members and the silos that run, clocks, "
            + "certificates, versions, how far the ledger has come, and which parts are silent. It answers whatever the node's status is, once it has found its ledger. "
            + "It judges nothing: 'consortium doctor' does.")
        .ProducesReadRefusals();

    private static async Task<Ok<DoctorResponse>> GetAsync(HttpContext context, DoctorQueries doctor, CancellationToken cancellationToken) =>
        TypedResults.Ok(await doctor.GetAsync(Credentials.Of(context), cancellationToken));
}
