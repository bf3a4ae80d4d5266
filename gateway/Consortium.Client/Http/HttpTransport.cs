using System.Globalization;
using Consortium.Api;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client.Http;

/// <summary>Speaks with a gateway over HTTP: JSON, and protocol buffers for submissions.</summary>
internal sealed class HttpTransport(HttpClient http, GatewayConnection connection) : IGatewayTransport
{
    /// <inheritdoc/>
    public async Task<ApiWire.SubmissionReceipts> SendAsync(
        byte[] body,
        FinalityLevel wait,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var seconds = Math.Max(1, (long)timeout.TotalSeconds);
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"{Routes.Transactions}?wait={EnumText.Write(wait)}&timeoutSeconds={seconds}");
        return ApiWire.SubmissionReceipts.Parser.ParseFrom(await connection.PostBytesAsync(path, body, timeout, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<NetworkResponse> GetNetworkAsync(CancellationToken cancellationToken) =>
        connection.GetAsync<NetworkResponse>(Routes.Network, cancellationToken);

    /// <inheritdoc/>
    public Task<DoctorResponse> GetDoctorAsync(CancellationToken cancellationToken) =>
        connection.GetAsync<DoctorResponse>(Routes.Doctor, cancellationToken);

    /// <inheritdoc/>
    public Task<AccountResponse> GetAccountAsync(AccountId account, CancellationToken cancellationToken) =>
        connection.GetAsync<AccountResponse>(Path(Routes.Account, account), cancellationToken);

    /// <inheritdoc/>
    public Task<BalancesResponse> GetBalancesAsync(AccountId account, ulong? at, CancellationToken cancellationToken) =>
        connection.GetAsync<BalancesResponse>(Path(Routes.Balances, account) + Query(("at", Text(at))), cancellationToken);

    /// <inheritdoc/>
    public Task<StatementResponse> GetStatementAsync(AccountId account, ulong? from, ulong? to, CancellationToken cancellationToken) =>
        connection.GetAsync<StatementResponse>(
            Path(Routes.Statement, account) + Query(("from", Text(from)), ("to", Text(to))),
            cancellationToken);

    /// <inheritdoc/>
    public Task<AssetResponse> GetAssetAsync(AssetId asset, CancellationToken cancellationToken) =>
        connection.GetAsync<AssetResponse>(Path(Routes.Asset, asset), cancellationToken);

    /// <inheritdoc/>
    public Task<HoldersResponse> GetHoldersAsync(AssetId asset, string? after, CancellationToken cancellationToken) =>
        connection.GetAsync<HoldersResponse>(Path(Routes.Holders, asset) + Query(("after", after)), cancellationToken);

    /// <inheritdoc/>
    public Task<TransactionResponse> GetTransactionAsync(TransactionId transaction, CancellationToken cancellationToken) =>
        connection.GetAsync<TransactionResponse>(Path(Routes.Transaction, transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<BlockResponse> GetBlockAsync(string height, CancellationToken cancellationToken) =>
        connection.GetAsync<BlockResponse>(
            Routes.Block.Replace("{height}", Uri.EscapeDataString(height), StringComparison.Ordinal),
            cancellationToken);

    /// <inheritdoc/>
    public Task<BalanceSheetResponse> GetBalanceSheetAsync(PartyId party, ulong? at, CancellationToken cancellationToken) =>
        connection.GetAsync<BalanceSheetResponse>(Path(Routes.BalanceSheet, party) + Query(("at", Text(at))), cancellationToken);

    /// <inheritdoc/>
    public Task<ProofResponse> ProveHoldingAsync(AccountId account, Instrument instrument, CancellationToken cancellationToken) =>
        connection.GetAsync<ProofResponse>(
            Path(Routes.HoldingProof, account).Replace("{instrument}", instrument.ToString(), StringComparison.Ordinal),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ProofResponse> ProveTransactionAsync(TransactionId transaction, CancellationToken cancellationToken) =>
        connection.GetAsync<ProofResponse>(Path(Routes.TransactionProof, transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<BuildResponse> BuildAsync(BuildRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync<BuildRequest, BuildResponse>(Routes.Build, request, cancellationToken);

    /// <inheritdoc/>
    public Task<SimulationResponse> SimulateAsync(SimulationRequest request, CancellationToken cancellationToken) =>
        connection.PostAsync<SimulationRequest, SimulationResponse>(Routes.Simulate, request, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> ExportAsync(ulong? to, CancellationToken cancellationToken) =>
        connection.OpenAsync(Routes.Export + Query(("to", Text(to))), MediaTypes.Bytes, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LedgerEvent> EventsAsync(ulong? from, CancellationToken cancellationToken) =>
        EventReader.ReadAsync(
            token => connection.OpenAsync(Routes.Events + Query(("from", Text(from))), MediaTypes.EventStream, token),
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string Path<TId>(string route, TId id)
        where TId : struct => route.Replace("{id}", id.ToString(), StringComparison.Ordinal);

    private static string? Text(ulong? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = string.Empty;
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
            }
        }

        return query;
    }
}
