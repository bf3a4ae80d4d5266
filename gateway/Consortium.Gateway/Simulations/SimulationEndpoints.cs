using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Node;
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
        P256VerifierCache verifiers)
    {
        var node = nodes.Serving;
        readers.RequireReader(context, node);
        var json = await JsonBody.ReadAsync<SimulationRequest>(context.Request);
        var transaction = Read(json, node.Genesis.Network, verifiers);
        var simulation = await node.SimulateAsync(transaction, context.RequestAborted);
        var isRejected = simulation.Rejections.Count > 0;
        var changes = new List<StateChangeResponse>();
        foreach (var change in isRejected ? [] : simulation.Changes)
        {
            changes.Add(await DescribeAsync(node, change, simulation.TimeMs, context.RequestAborted));
        }

        return TypedResults.Ok(new SimulationResponse(
            transaction.Id.ToString(),
            isRejected ? ReceiptOutcome.Rejected : ReceiptOutcome.Accepted,
            simulation.TimeMs,
            [.. simulation.Rejections.Select(RejectionResponse.From)],
            changes));
    }

    private static Transaction Read(SimulationRequest json, Digest network, P256VerifierCache verifiers)
    {
        Transaction? transaction;
        Refused? refused;
        if (json.Signatures is not null)
        {
            var fault = new SignedTransactionJson(json.Payload, json.Signatures).TryToBytes(out var signed);
            refused = fault is not null
                ? throw new RefusalException(Refusal.Malformed, $"{fault}.")
                : TransactionCodec.TryCheck(signed, network, verifiers, out transaction);
        }
        else
        {
            refused = TransactionCodec.TryDecodeUnsigned(ReadPayload(json), network, ReadSigners(json), out transaction);
        }

        return transaction ?? throw new RefusalException(refused ?? new Refused(Refusal.Malformed, "The payload cannot be read."));
    }

    private static byte[] ReadPayload(SimulationRequest json) =>
        Base64Text.TryRead(json.Payload, out var payload) ? payload : throw new RefusalException(Refusal.Malformed, "payload is not base64.");

    private static List<PublicKey> ReadSigners(SimulationRequest json)
    {
        var signers = new List<PublicKey>();
        foreach (var text in json.Signers ?? [])
        {
            signers.Add(PublicKey.TryParse(text, out var key) && signers.Count < LedgerLimits.SignaturesMax
                ? key
                : throw new RefusalException(
                    Refusal.Malformed,
                    $"signers[{signers.Count}] is not 128 hexadecimal digits, or is one more than {LedgerLimits.SignaturesMax}."));
        }

        return signers;
    }

    private static async ValueTask<StateChangeResponse> DescribeAsync(
        ILedgerNode node,
        StateChange change,
        ulong timeMs,
        CancellationToken cancellationToken) => change.Value switch
        {
            Holding holding => new StateChangeResponse(
                new AccountId(change.Key.Owner).ToString(),
                BalanceLine.From(
                    change.Key.Instrument,
                    holding,
                    timeMs,
                    (await node.ReadAsync(StateKey.Asset(change.Key.Instrument.Asset), cancellationToken) as Asset)?.Definition)),
            Account account => new StateChangeResponse(account.Id.ToString(), Account: AccountResponse.From(account)),
            Asset asset => new StateChangeResponse(asset.Id.ToString(), Asset: AssetDefinitionJson.From(asset.Definition)),
            _ => new StateChangeResponse(change.Key.Owner.ToString()),
        };
}
