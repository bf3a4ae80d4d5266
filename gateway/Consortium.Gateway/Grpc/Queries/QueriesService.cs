using System.Text.Json;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Accounts;
using Consortium.Gateway.Assets;
using Consortium.Gateway.Blocks;
using Consortium.Gateway.Building;
using Consortium.Gateway.Doctor;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Grpc.Calls;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Network;
using Consortium.Gateway.Parties;
using Consortium.Gateway.Simulations;
using Consortium.Gateway.Transactions;
using Consortium.Ledger;
using Grpc.Core;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Queries;

/// <summary>The service <c>Queries</c>.</summary>
internal sealed class QueriesService(
    NodeSource nodes,
    ReaderCheck readers,
    NetworkQueries network,
    DoctorQueries doctor,
    AccountQueries accounts,
    AssetQueries assets,
    TransactionQueries transactions,
    BlockQueries blocks,
    PartyQueries parties,
    PayloadBuilder payloads,
    Simulator simulator) : Api.Rpc.Queries.QueriesBase
{
    public override async Task<ApiWire.Network> GetNetwork(ApiWire.GetNetworkRequest request, ServerCallContext context) =>
        (await network.GetAsync(context.CancellationToken)).ToWire();

    public override async Task<ApiWire.DoctorReport> GetDoctor(ApiWire.GetDoctorRequest request, ServerCallContext context) =>
        (await doctor.GetAsync(context.Credentials(request), context.CancellationToken)).ToWire();

    public override async Task<ApiWire.Account> GetAccount(ApiWire.GetAccountRequest request, ServerCallContext context) =>
        (await accounts.GetAsync(context.Credentials(request), request.Id, context.CancellationToken)).ToWire();

    public override async Task<ApiWire.AccountBalances> GetBalances(ApiWire.GetBalancesRequest request, ServerCallContext context)
    {
        ulong? at = request.HasAt ? request.At : null;
        return (await accounts.GetBalancesAsync(context.Credentials(request), request.Id, at, context.CancellationToken)).ToWire();
    }

    public override async Task<ApiWire.Statement> GetStatement(ApiWire.GetStatementRequest request, ServerCallContext context)
    {
        var statement = await accounts.GetStatementAsync(
            context.Credentials(request),
            request.Id,
            request.HasFrom ? request.From : null,
            request.HasTo ? request.To : null,
            request.HasLimit ? request.Limit : null,
            context.CancellationToken);
        return statement.ToWire();
    }

    public override async Task<ApiWire.Asset> GetAsset(ApiWire.GetAssetRequest request, ServerCallContext context) =>
        (await assets.GetAsync(request.Id, context.CancellationToken)).ToWire();

    public override async Task<ApiWire.AssetHolders> GetHolders(ApiWire.GetHoldersRequest request, ServerCallContext context)
    {
        var holders = await assets.GetHoldersAsync(
            context.Credentials(request),
            request.Id,
            request.HasAfter ? request.After : null,
            request.HasLimit ? request.Limit : null,
            context.CancellationToken);
        return holders.ToWire();
    }

    public override async Task<ApiWire.Transaction> GetTransaction(ApiWire.GetTransactionRequest request, ServerCallContext context) =>
        (await transactions.GetAsync(context.Credentials(request), request.Id, context.CancellationToken)).ToWire();

    public override async Task<ApiWire.Block> GetBlock(ApiWire.GetBlockRequest request, ServerCallContext context) =>
        (await blocks.GetAsync(context.Credentials(request), request.Height, context.CancellationToken)).ToWire();

    public override async Task<ApiWire.BalanceSheet> GetBalanceSheet(ApiWire.GetBalanceSheetRequest request, ServerCallContext context)
    {
        ulong? at = request.HasAt ? request.At : null;
        return (await parties.GetBalanceSheetAsync(context.Credentials(request), request.Id, at, context.CancellationToken)).ToWire();
    }

    public override Task<ApiWire.Built> Build(ApiWire.BuildRequest request, ServerCallContext context) => Task.FromResult(
        payloads.Build(new BuildRequest(
            request.Kind,
            ReadJson(request.Body),
            request.HasValidForSeconds ? request.ValidForSeconds : null,
            request.HasValidUntilMs ? request.ValidUntilMs : null,
            request.HasSalt ? request.Salt : null)).ToWire());

    public override async Task<ApiWire.Simulation> Simulate(ApiWire.SimulateRequest request, ServerCallContext context)
    {
        var node = nodes.Serving;
        readers.RequireReader(context.Credentials(request), node);
        var json = new SimulationRequest(
            request.Payload.ToBase64(),
            request.Signers.Count == 0 ? null : request.Signers,
            request.Signatures.Count == 0 ? null :
            [
                .. request.Signatures.Select(signature => new SignatureJson(
                    Convert.ToHexStringLower(signature.PublicKey.Span),
                    signature.Value.ToBase64())),
            ]);
        return (await simulator.RunAsync(node, json, context.CancellationToken)).ToWire();
    }

    private static JsonElement ReadJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text, ApiJson.Strict);
        }
        catch (JsonException exception)
        {
            throw new RefusalException(Refusal.Malformed, $"body is not JSON: {exception.Message}");
        }
    }
}
