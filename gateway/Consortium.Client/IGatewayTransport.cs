using Consortium.Api;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client;

/// <summary>The connection of a client to a gateway, over HTTP or gRPC: each call is sent once, without retries.</summary>
/// <remarks>
/// Every call throws <see cref="RefusedException"/> for the gateway's no, <see cref="HttpRequestException"/> when there is no
/// connection, and <see cref="ConsortiumException"/> when what answers is no gateway or does not answer. Safe for use by any number
/// of threads.
/// </remarks>
public interface IGatewayTransport : IDisposable
{
    /// <summary>Sends one submission once.</summary>
    /// <param name="body">An encoded submission: <see cref="SubmissionBytes.Join"/>, or one signed transaction as it is.</param>
    /// <param name="wait">The finality level to wait for.</param>
    /// <param name="timeout">Longest time that the gateway waits for the finality level; whole seconds.</param>
    /// <param name="cancellationToken">Stops waiting; whether the transactions were ordered is then not known.</param>
    /// <returns>One receipt per transaction, in order.</returns>
    Task<ApiWire.SubmissionReceipts> SendAsync(byte[] body, FinalityLevel wait, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Reads the network's parameters and the heights that it has reached.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<NetworkResponse> GetNetworkAsync(CancellationToken cancellationToken);

    /// <summary>Facts about the network's parts.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<DoctorResponse> GetDoctorAsync(CancellationToken cancellationToken);

    /// <summary>An account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<AccountResponse> GetAccountAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Reads the holdings of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="at">A sealed block, or <see langword="null"/> for now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<BalancesResponse> GetBalancesAsync(AccountId account, ulong? at, CancellationToken cancellationToken);

    /// <summary>Lists the changes of an account's holdings, block by block.</summary>
    /// <param name="account">The account.</param>
    /// <param name="from">The first block, or <see langword="null"/> for the first there is.</param>
    /// <param name="to">The last block, or <see langword="null"/> for the last there is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A page; its <see cref="StatementResponse.Next"/> is where the next one starts.</returns>
    Task<StatementResponse> GetStatementAsync(AccountId account, ulong? from, ulong? to, CancellationToken cancellationToken);

    /// <summary>An asset.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<AssetResponse> GetAssetAsync(AssetId asset, CancellationToken cancellationToken);

    /// <summary>Lists the accounts that hold an asset after the last sealed block.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="after">A page's <see cref="HoldersResponse.Next"/>, or <see langword="null"/> for the first page.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A page.</returns>
    Task<HoldersResponse> GetHoldersAsync(AssetId asset, string? after, CancellationToken cancellationToken);

    /// <summary>A transaction with its receipt.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<TransactionResponse> GetTransactionAsync(TransactionId transaction, CancellationToken cancellationToken);

    /// <summary>A sealed block.</summary>
    /// <param name="height">A height, <c>latest</c> or <c>final</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<BlockResponse> GetBlockAsync(string height, CancellationToken cancellationToken);

    /// <summary>Reads the assets and liabilities of a party.</summary>
    /// <param name="party">The party.</param>
    /// <param name="at">A sealed block, or <see langword="null"/> for the last.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response.</returns>
    Task<BalanceSheetResponse> GetBalanceSheetAsync(PartyId party, ulong? at, CancellationToken cancellationToken);

    /// <summary>A proof of a holding, or of its absence.</summary>
    /// <param name="account">The account.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The proof, not yet checked: see <see cref="Verification.OfflineProofs"/>.</returns>
    Task<ProofResponse> ProveHoldingAsync(AccountId account, Instrument instrument, CancellationToken cancellationToken);

    /// <summary>A proof of a transaction and its receipt.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The proof, not yet checked: see <see cref="Verification.OfflineProofs"/>.</returns>
    Task<ProofResponse> ProveTransactionAsync(TransactionId transaction, CancellationToken cancellationToken);

    /// <summary>Turns JSON into payload bytes, for programs that do not encode themselves.</summary>
    /// <param name="request">The transaction's kind, body and validity.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The payload and the digest to sign.</returns>
    Task<BuildResponse> BuildAsync(BuildRequest request, CancellationToken cancellationToken);

    /// <summary>Executes a transaction against the present state without recording it.</summary>
    /// <param name="request">The payload, and who is taken to have signed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The result that the transaction would have now.</returns>
    Task<SimulationResponse> SimulateAsync(SimulationRequest request, CancellationToken cancellationToken);

    /// <summary>Opens the exported chain.</summary>
    /// <param name="to">The last block, or <see langword="null"/> for the last sealed one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The bytes as they come; disposed by the caller.</returns>
    Task<Stream> ExportAsync(ulong? to, CancellationToken cancellationToken);

    /// <summary>Reads events as they come.</summary>
    /// <param name="from">The position to begin or resume at, or <see langword="null"/> for what comes next.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Events without gaps until the connection is lost; go on with <see cref="LedgerEvent.ResumeFrom"/> of the last that has one.</returns>
    IAsyncEnumerable<LedgerEvent> EventsAsync(ulong? from, CancellationToken cancellationToken);
}
