using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Simulations;

/// <summary>Executes transactions without keeping them.</summary>
internal sealed class Simulator(P256VerifierCache verifiers)
{
    public async Task<SimulationResponse> RunAsync(ILedgerNode node, SimulationRequest request, CancellationToken cancellationToken)
    {
        var transaction = Read(request, node.Genesis.Network);
        var simulation = await node.DryRunAsync(transaction, cancellationToken);
        var isRejected = simulation.Rejections.Count > 0;
        var changes = new List<StateChangeResponse>();
        foreach (var change in isRejected ? [] : simulation.Changes)
        {
            changes.Add(await DescribeAsync(node, change, simulation.TimeMs, cancellationToken));
        }

        return new SimulationResponse(
            transaction.Id.ToString(),
            isRejected ? ReceiptOutcome.Rejected : ReceiptOutcome.Accepted,
            simulation.TimeMs,
            [.. simulation.Rejections.Select(RejectionResponse.From)],
            changes);
    }

    private Transaction Read(SimulationRequest json, Digest network)
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
