using Consortium.Api;
using Consortium.Client.Http;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Client;

/// <summary>A gateway's API, typed, over HTTP or another transport.</summary>
/// <remarks>
/// Every call throws <see cref="RefusedException"/> for the gateway's no, <see cref="HttpRequestException"/> when there is no
/// connection, and <see cref="ConsortiumException"/> when what answers is no gateway. Safe for use by any number of threads.
/// </remarks>
public sealed class ConsortiumClient : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    private readonly IGatewayTransport _transport;

    /// <summary>Talks to a gateway over HTTP.</summary>
    /// <param name="http">Has the gateway's address as its base; owned by this client. Its own timeout should be infinite.</param>
    /// <param name="timeProvider">The clock that retries wait by.</param>
    public ConsortiumClient(HttpClient http, TimeProvider timeProvider)
        : this(new HttpTransport(http, new GatewayConnection(http, RequestTimeout)), timeProvider)
    {
    }

    /// <summary>Talks to a gateway.</summary>
    /// <param name="transport">The connection, which this client owns and disposes.</param>
    /// <param name="timeProvider">The clock that retries wait by.</param>
    public ConsortiumClient(IGatewayTransport transport, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _transport = transport;
        Submissions = new SubmissionClient(transport, timeProvider);
    }

    /// <summary>Submitting.</summary>
    public SubmissionClient Submissions { get; }

    /// <summary>Reads the network's parameters and the heights that it has reached.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<NetworkResponse> GetNetworkAsync(CancellationToken cancellationToken) =>
        _transport.GetNetworkAsync(cancellationToken);

    /// <summary>Facts about the network's parts: silos, clocks, certificates, shards, and how far the ledger has come.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<DoctorResponse> GetDoctorAsync(CancellationToken cancellationToken) =>
        _transport.GetDoctorAsync(cancellationToken);

    /// <summary>An account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<AccountResponse> GetAccountAsync(AccountId account, CancellationToken cancellationToken) =>
        _transport.GetAccountAsync(account, cancellationToken);

    /// <summary>Reads the holdings of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="at">A sealed block, or <see langword="null"/> for now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<BalancesResponse> GetBalancesAsync(AccountId account, ulong? at, CancellationToken cancellationToken) =>
        _transport.GetBalancesAsync(account, at, cancellationToken);

    /// <summary>Lists the changes of an account's holdings, block by block.</summary>
    /// <param name="account">The account.</param>
    /// <param name="from">The first block, or <see langword="null"/> for the first there is.</param>
    /// <param name="to">The last block, or <see langword="null"/> for the last there is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A page; its <see cref="StatementResponse.Next"/> is where the next one starts.</returns>
    public Task<StatementResponse> GetStatementAsync(AccountId account, ulong? from, ulong? to, CancellationToken cancellationToken) =>
        _transport.GetStatementAsync(account, from, to, cancellationToken);

    /// <summary>An asset.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<AssetResponse> GetAssetAsync(AssetId asset, CancellationToken cancellationToken) =>
        _transport.GetAssetAsync(asset, cancellationToken);

    /// <summary>Lists the accounts that hold an asset after the last sealed block.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="after">A page's <see cref="HoldersResponse.Next"/>, or <see langword="null"/> for the first page.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A page.</returns>
    public Task<HoldersResponse> GetHoldersAsync(AssetId asset, string? after, CancellationToken cancellationToken) =>
        _transport.GetHoldersAsync(asset, after, cancellationToken);

    /// <summary>A transaction with its receipt.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<TransactionResponse> GetTransactionAsync(TransactionId transaction, CancellationToken cancellationToken) =>
        _transport.GetTransactionAsync(transaction, cancellationToken);

    /// <summary>A sealed block.</summary>
    /// <param name="height">A height, <c>latest</c> or <c>final</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<BlockResponse> GetBlockAsync(string height, CancellationToken cancellationToken) =>
        _transport.GetBlockAsync(height, cancellationToken);

    /// <summary>Reads the assets and liabilities of a party.</summary>
    /// <param name="party">The party.</param>
    /// <param name="at">A sealed block, or <see langword="null"/> for the last.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    public Task<BalanceSheetResponse> GetBalanceSheetAsync(PartyId party, ulong? at, CancellationToken cancellationToken) =>
        _transport.GetBalanceSheetAsync(party, at, cancellationToken);

    /// <summary>A proof of a holding, or of its absence.</summary>
    /// <param name="account">The account.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The proof, not yet checked: see <see cref="Verification.OfflineProofs"/>.</returns>
    public Task<ProofResponse> ProveHoldingAsync(AccountId account, Instrument instrument, CancellationToken cancellationToken) =>
        _transport.ProveHoldingAsync(account, instrument, cancellationToken);

    /// <summary>A proof of a transaction and its receipt.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The proof, not yet checked: see <see cref="Verification.OfflineProofs"/>.</returns>
    public Task<ProofResponse> ProveTransactionAsync(TransactionId transaction, CancellationToken cancellationToken) =>
        _transport.ProveTransactionAsync(transaction, cancellationToken);

    /// <summary>Turns JSON into payload bytes, for programs that do not encode themselves.</summary>
    /// <param name="request">The transaction's kind, body and validity.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The payload and the digest to sign.</returns>
    public Task<BuildResponse> BuildAsync(BuildRequest request, CancellationToken cancellationToken) =>
        _transport.BuildAsync(request, cancellationToken);

    /// <summary>Executes a transaction against the present state without recording it.</summary>
    /// <param name="request">The payload, and who is taken to have signed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The result that the transaction would have now.</returns>
    public Task<SimulationResponse> SimulateAsync(SimulationRequest request, CancellationToken cancellationToken) =>
        _transport.SimulateAsync(request, cancellationToken);

    /// <summary>Opens the exported chain.</summary>
    /// <param name="to">The last block, or <see langword="null"/> for the last sealed one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The bytes as they come; disposed by the caller.</returns>
    public Task<Stream> ExportAsync(ulong? to, CancellationToken cancellationToken) =>
        _transport.ExportAsync(to, cancellationToken);

    /// <summary>Reads events as they come.</summary>
    /// <param name="from">The position to begin or resume at, or <see langword="null"/> for what comes next.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Events without gaps until the connection is lost; go on with <see cref="LedgerEvent.ResumeFrom"/> of the last that has one.</returns>
    public IAsyncEnumerable<LedgerEvent> EventsAsync(ulong? from, CancellationToken cancellationToken) =>
        _transport.EventsAsync(from, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();
}
