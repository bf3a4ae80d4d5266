using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Wire;

namespace Consortium.Gateway.Proofs;

/// <summary>Certificates.</summary>
internal static class ProofEndpoints
{
    public static void MapProofs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.HoldingProof, GetHoldingAsync)
            .WithName("GetHoldingProof")
            .WithTags("Proofs")
            .WithSummary("A certificate of a holding, or of its absence")
            .WithDescription("Stands on the last block that was cut, and waits until that is sealed. application/octet-stream, by Accept, has the certificate's bytes alone.")
            .Produces<ProofResponse>(StatusCodes.Status200OK, MediaTypes.Json, MediaTypes.Bytes)
            .ProducesReadRefusals();
        routes.MapGet(Routes.TransactionProof, GetTransactionAsync)
            .WithName("GetTransactionProof")
            .WithTags("Proofs")
            .WithSummary("A certificate of a transaction and its receipt")
            .WithDescription("Waits until the transaction's block is sealed. application/octet-stream, by Accept, has the certificate's bytes alone.")
            .Produces<ProofResponse>(StatusCodes.Status200OK, MediaTypes.Json, MediaTypes.Bytes)
            .ProducesReadRefusals();
    }

    private static async Task<IResult> GetHoldingAsync(
        HttpContext context,
        string id,
        string instrument,
        NodeSource nodes,
        ReaderCheck readers,
        GatewayOptions options)
    {
        var node = nodes.Serving;
        var account = Parameters.Account(id);
        await readers.RequireReaderAsync(context, node, account);
        var key = StateKey.Holding(account, Parameters.Instrument(instrument));
        var bytes = await WaitAsync(cancellationToken => node.ProveStateAsync(key, cancellationToken), options, context);
        return Describe(context, bytes);
    }

    private static async Task<IResult> GetTransactionAsync(
        HttpContext context,
        string id,
        NodeSource nodes,
        ReaderCheck readers,
        GatewayOptions options)
    {
        var node = nodes.Serving;
        var transaction = Parameters.Transaction(id);
        var recorded = await node.FindTransactionAsync(transaction, context.RequestAborted);
        readers.RequireReader(
            context,
            node,
            recorded is null ? [] : TransactionCodec.DecodeTrusted(recorded.SignedBytes, node.Genesis.Network).Signers);
        var bytes = await WaitAsync(cancellationToken => node.ProveTransactionAsync(transaction, cancellationToken), options, context);
        return bytes is null
            ? throw new RefusalException(Refusal.NotFound, $"No transaction {id} was ordered.")
            : Describe(context, bytes);
    }

    private static async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> prove, GatewayOptions options, HttpContext context)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(options.WaitSecondsMax));
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, context.RequestAborted);
        try
        {
            return await prove(linked.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new RefusalException(
                Refusal.HeightNotSealed,
                $"The block that would prove it was not sealed within {options.WaitSecondsMax} s.");
        }
    }

    private static IResult Describe(HttpContext context, byte[] bytes)
    {
        if (context.Request.Headers.Accept.Any(accept => accept?.StartsWith(MediaTypes.Bytes, StringComparison.OrdinalIgnoreCase) == true))
        {
            return TypedResults.Bytes(bytes, MediaTypes.Bytes);
        }

        var certificate = Certificate.Parser.ParseFrom(bytes);
        var header = certificate.Headers
            .Select(encoded => BlockSeal.TryRead(encoded.Span, out var seal) ? seal.Header : null)
            .First(found => found?.Height == certificate.Height);
        return TypedResults.Ok(new ProofResponse(
            Convert.ToBase64String(bytes),
            certificate.Height,
            header!.Network.ToString(),
            header.Hash.ToString(),
            certificate.Headers.Count,
            certificate.ContentCase == Certificate.ContentOneofCase.State ? certificate.State.HasValue : null));
    }
}
