using Consortium.Gateway.Grpc.Calls;
using Consortium.Gateway.Proofs;
using Grpc.Core;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Proofs;

/// <summary>The service <c>Proofs</c>.</summary>
internal sealed class ProofsService(ProofQueries proofs) : Api.Rpc.Proofs.ProofsBase
{
    public override async Task<ApiWire.Proof> ProveHolding(ApiWire.ProveHoldingRequest request, ServerCallContext context)
    {
        var bytes = await proofs.ProveHoldingAsync(
            context.Credentials(request),
            request.Account,
            request.Instrument,
            context.CancellationToken);
        return ProofQueries.Describe(bytes).ToWire();
    }

    public override async Task<ApiWire.Proof> ProveTransaction(ApiWire.ProveTransactionRequest request, ServerCallContext context) =>
        ProofQueries.Describe(await proofs.ProveTransactionAsync(context.Credentials(request), request.Id, context.CancellationToken)).ToWire();
}
