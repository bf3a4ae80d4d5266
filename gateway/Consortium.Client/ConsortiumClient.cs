using System.Globalization;
using Consortium.Api;
using Consortium.Client.Http;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Client;

/// <summary>A gateway's HTTP API, typed.</summary>
/// <remarks>
/// Every call throws <see cref="RefusedException"/> for the gateway's no, <see cref="HttpRequestException"/> when there is no
/// connection, and <see cref="ConsortiumException"/> when what answers is no gateway. Safe for use by any number of threads.
/// </remarks>
public sealed class ConsortiumClient : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http;
    private readonly GatewayConnection _connection;

    /// <summary>Talks to a gateway.</summary>
    /// <param name="http">Has the gateway's address as its base; owned by this client. Its own timeout should be infinite.</param>
    /// <param name="timeProvider">The clock that retries wait by.</param>
    public ConsortiumClient(HttpClient http, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _connection = new GatewayConnection(http, RequestTimeout);
        Submissions = new SubmissionClient(_connection, timeProvider);
    }

    /// <summary>Submitting.</summary>
    public SubmissionClient Submissions { get; }

    /// <summary>The network, and how far it has come.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<NetworkResponse> GetNetworkAsync(CancellationToken cancellationToken) =>
        _connection.GetAsync<NetworkResponse>(Routes.Network, cancellationToken);

    /// <summary>An account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<AccountResponse> GetAccountAsync(AccountId account, CancellationToken cancellationToken) =>
        _connection.GetAsync<AccountResponse>(Path(Routes.Account, account), cancellationToken);

    /// <summary>What an account holds.</summary>
    /// <param name="account">The account.</param>
    /// <param name="at">A sealed block, or <see langword="null"/> for now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<BalancesResponse> GetBalancesAsync(AccountId account, ulong? at, CancellationToken cancellationToken) =>
        _connection.GetAsync<BalancesResponse>(Path(Routes.Balances, account) + Query(("at", Text(at))), cancellationToken);

    /// <summary>How an account's holdings changed, block by block.</summary>
    /// <param name="account">The account.</param>
    /// <param name="from">The first block, or <see langword="null"/> for the first there is.</param>
    /// <param name="to">The last block, or <see langword="null"/> for the last there is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A page; its <see cref="StatementResponse.Next"/> is where the next one starts.</returns>
    public Task<StatementResponse> GetStatementAsync(AccountId account, ulong? from, ulong? to, CancellationToken cancellationToken) =>
        _connection.GetAsync<StatementResponse>(
            Path(Routes.Statement, account) + Query(("from", Text(from)), ("to", Text(to))),
            cancellationToken);

    /// <summary>An asset.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<AssetResponse> GetAssetAsync(AssetId asset, CancellationToken cancellationToken) =>
        _connection.GetAsync<AssetResponse>(Path(Routes.Asset, asset), cancellationToken);

    /// <summary>Who holds an asset after the last sealed block.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="after">A page's <see cref="HoldersResponse.Next"/>, or <see langword="null"/> for the first page.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A page.</returns>
    public Task<HoldersResponse> GetHoldersAsync(AssetId asset, string? after, CancellationToken cancellationToken) =>
        _connection.GetAsync<HoldersResponse>(Path(Routes.Holders, asset) + Query(("after", after)), cancellationToken);

    /// <summary>A transaction with its receipt.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<TransactionResponse> GetTransactionAsync(TransactionId transaction, CancellationToken cancellationToken) =>
        _connection.GetAsync<TransactionResponse>(Path(Routes.Transaction, transaction), cancellationToken);

    /// <summary>A sealed block.</summary>
    /// <param name="height">A height, <c>latest</c> or <c>final</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<BlockResponse> GetBlockAsync(string height, CancellationToken cancellationToken) =>
        _connection.GetAsync<BlockResponse>(
            Routes.Block.Replace("{height}", Uri.EscapeDataString(height), StringComparison.Ordinal),
            cancellationToken);

    /// <summary>What a party owns and owes.</summary>
    /// <param name="party">The party.</param>
    /// <param name="at">A sealed block, or <see langword="null"/> for the last.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<BalanceSheetResponse> GetBalanceSheetAsync(PartyId party, ulong? at, CancellationToken cancellationToken) =>
        _connection.GetAsync<BalanceSheetResponse>(Path(Routes.BalanceSheet, party) + Query(("at", Text(at))), cancellationToken);

    /// <summary>A certificate of a holding, or of its absence.</summary>
    /// <param name="account">The account.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The certificate, not yet checked: see <see cref="Verification.Certificates"/>.</returns>
    public Task<ProofResponse> ProveHoldingAsync(AccountId account, Instrument instrument, CancellationToken cancellationToken) =>
        _connection.GetAsync<ProofResponse>(
            Path(Routes.HoldingProof, account).Replace("{instrument}", instrument.ToString(), StringComparison.Ordinal),
            cancellationToken);

    /// <summary>A certificate of a transaction and its receipt.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The certificate, not yet checked: see <see cref="Verification.Certificates"/>.</returns>
    public Task<ProofResponse> ProveTransactionAsync(TransactionId transaction, CancellationToken cancellationToken) =>
        _connection.GetAsync<ProofResponse>(Path(Routes.TransactionProof, transaction), cancellationToken);

    /// <summary>Turns JSON into payload bytes, for programs that do not encode themselves.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The payload and the digest to sign.</returns>
    public Task<BuildResponse> BuildAsync(BuildRequest request, CancellationToken cancellationToken) =>
        _connection.PostAsync<BuildRequest, BuildResponse>(Routes.Build, request, cancellationToken);

    /// <summary>Executes a transaction without keeping it.</summary>
    /// <param name="request">The payload, and who is taken to have signed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What would become of it now.</returns>
    public Task<SimulationResponse> SimulateAsync(SimulationRequest request, CancellationToken cancellationToken) =>
        _connection.PostAsync<SimulationRequest, SimulationResponse>(Routes.Simulate, request, cancellationToken);

    /// <summary>Opens the exported chain.</summary>
    /// <param name="to">The last block, or <see langword="null"/> for the last sealed one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The bytes as they come; disposed by the caller.</returns>
    public Task<Stream> ExportAsync(ulong? to, CancellationToken cancellationToken) =>
        _connection.OpenAsync(Routes.Export + Query(("to", Text(to))), MediaTypes.Bytes, cancellationToken);

    /// <summary>Opens the stream of events.</summary>
    /// <param name="from">The position to resume at, or <see langword="null"/> for what comes next.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Server-sent events as they come; disposed by the caller.</returns>
    public Task<Stream> EventsAsync(ulong? from, CancellationToken cancellationToken) =>
        _connection.OpenAsync(Routes.Events + Query(("from", Text(from))), MediaTypes.EventStream, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

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
