using System.Runtime.CompilerServices;
using System.Text.Json;
using Consortium.Api;
using Consortium.Api.Rpc;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using ApiWire = Consortium.Api.Wire;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Client.Grpc;

/// <summary>Speaks with a gateway over gRPC.</summary>
/// <remarks>
/// All calls share connections, each with as many calls at a time as the gateway takes. Every call has a deadline, which bounds
/// the gateway's work too.
/// </remarks>
public sealed class GrpcTransport : IGatewayTransport
{
    // Receipts of the largest batch, every one with its rejections, are a few megabytes.
    private const int AnswerBytesMax = 64 * 1024 * 1024;
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);

    private readonly GrpcTransportOptions _options;
    private readonly GrpcChannel _channel;
    private readonly CallMaker _calls;
    private readonly Submissions.SubmissionsClient _submissions;
    private readonly Queries.QueriesClient _queries;
    private readonly Proofs.ProofsClient _proofs;
    private readonly Chain.ChainClient _chain;

    /// <summary>Speaks with the gateway at an address; a connection is made with the first call.</summary>
    /// <param name="address">For example <c>http://127.0.0.1:5081</c>.</param>
    /// <param name="options">Credentials and timeout.</param>
    public GrpcTransport(Uri address, GrpcTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = options.Handler ?? CreateHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = AnswerBytesMax,
            MaxSendMessageSize = null,
        });
        var invoker = _channel.CreateCallInvoker();
        _calls = new CallMaker(options, address);
        _submissions = new Submissions.SubmissionsClient(invoker);
        _queries = new Queries.QueriesClient(invoker);
        _proofs = new Proofs.ProofsClient(invoker);
        _chain = new Chain.ChainClient(invoker);
    }

    /// <inheritdoc/>
    public async Task<ApiWire.SubmissionReceipts> SendAsync(
        byte[] body,
        FinalityLevel wait,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiWire.SubmitRequest
        {
            Wait = (ApiWire.FinalityLevel)wait,
            TimeoutSeconds = (int)Math.Max(1, timeout.TotalSeconds),
        };
        if (SubmissionBytes.TrySplit(body, int.MaxValue, out var transactions, out _) is { } fault)
        {
            throw RefusedException.From(RefusalResponse.From(new Refused(Refusal.Malformed, fault)));
        }

        if (transactions is [var one] && one.Length == body.Length)
        {
            request.Transaction = UnsafeByteOperations.UnsafeWrap(one);
        }
        else
        {
            request.Transactions.AddRange(transactions.Select(UnsafeByteOperations.UnsafeWrap));
        }

        // A submission carries its own signatures, so it needs no credentials.
        return await _calls.SendAsync(
            (message, call) => _submissions.SubmitAsync(message, call),
            request,
            Submission("Submit"),
            _options.Timeout + timeout,
            cancellationToken);
    }

    /// <summary>Submits many transactions over one call.</summary>
    /// <param name="batches">Encoded signed transactions, as many together as one request may hold; read as fast as the gateway takes them.</param>
    /// <param name="wait">The finality level that the summary waits for.</param>
    /// <param name="timeout">Longest time that the gateway waits for the finality level; whole seconds.</param>
    /// <param name="cancellationToken">Stops; whether the transactions were ordered is then not known.</param>
    /// <returns>What became of them; those after <see cref="ApiWire.SubmissionSummary.Answered"/> are to be sent again.</returns>
    /// <exception cref="RefusedException">The call was refused before anything was answered.</exception>
    public Task<ApiWire.SubmissionSummary> SubmitStreamAsync(
        IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> batches,
        FinalityLevel wait,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return _calls.GuardAsync(
            async () =>
            {
                using var call = _submissions.SubmitStream(_calls.Options(Submission("SubmitStream"), null, timeout: null, cancellationToken));
                await WriteAsync(call.RequestStream, batches, wait, timeout, cancellationToken);
                return await call.ResponseAsync;
            },
            cancellationToken);
    }

    /// <summary>Waits until a transaction, submitted by whomever, has come as far as asked.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="level">The finality level to wait for.</param>
    /// <param name="timeout">How long the gateway waits; whole seconds.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>One receipt; with the refusal <see cref="Refusal.WaitTimedOut"/> beside it when the level was not reached in time.</returns>
    /// <exception cref="RefusedException">It was not ordered in time (<see cref="Refusal.NotFound"/>), or may not be read.</exception>
    public Task<ApiWire.SubmissionReceipts> WaitAsync(
        TransactionId transaction,
        FinalityLevel level,
        TimeSpan timeout,
        CancellationToken cancellationToken) => _calls.SendAsync(
            (message, call) => _submissions.WaitAsync(message, call),
            new ApiWire.WaitRequest
            {
                TransactionId = transaction.ToString(),
                Finality = (ApiWire.FinalityLevel)level,
                TimeoutSeconds = (int)timeout.TotalSeconds,
            },
            Submission("Wait"),
            _options.Timeout + timeout,
            cancellationToken);

    /// <inheritdoc/>
    public async Task<NetworkResponse> GetNetworkAsync(CancellationToken cancellationToken) => NetworkResponse.FromWire(
        await AskAsync("GetNetwork", new ApiWire.GetNetworkRequest(), _queries.GetNetworkAsync, cancellationToken));

    /// <inheritdoc/>
    public async Task<DoctorResponse> GetDoctorAsync(CancellationToken cancellationToken) => DoctorResponse.FromWire(
        await AskAsync("GetDoctor", new ApiWire.GetDoctorRequest(), _queries.GetDoctorAsync, cancellationToken));

    /// <inheritdoc/>
    public async Task<AccountResponse> GetAccountAsync(AccountId account, CancellationToken cancellationToken) => AccountResponse.FromWire(
        await AskAsync("GetAccount", new ApiWire.GetAccountRequest { Id = account.ToString() }, _queries.GetAccountAsync, cancellationToken));

    /// <inheritdoc/>
    public async Task<BalancesResponse> GetBalancesAsync(AccountId account, ulong? at, CancellationToken cancellationToken)
    {
        var request = new ApiWire.GetBalancesRequest { Id = account.ToString() };
        if (at is { } height)
        {
            request.At = height;
        }

        return BalancesResponse.FromWire(await AskAsync("GetBalances", request, _queries.GetBalancesAsync, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<StatementResponse> GetStatementAsync(AccountId account, ulong? from, ulong? to, CancellationToken cancellationToken)
    {
        var request = new ApiWire.GetStatementRequest { Id = account.ToString() };
        if (from is { } first)
        {
            request.From = first;
        }

        if (to is { } last)
        {
            request.To = last;
        }

        return StatementResponse.FromWire(await AskAsync("GetStatement", request, _queries.GetStatementAsync, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<AssetResponse> GetAssetAsync(AssetId asset, CancellationToken cancellationToken) => AssetResponse.FromWire(
        await AskAsync("GetAsset", new ApiWire.GetAssetRequest { Id = asset.ToString() }, _queries.GetAssetAsync, cancellationToken));

    /// <inheritdoc/>
    public async Task<HoldersResponse> GetHoldersAsync(AssetId asset, string? after, CancellationToken cancellationToken)
    {
        var request = new ApiWire.GetHoldersRequest { Id = asset.ToString() };
        if (after is not null)
        {
            request.After = after;
        }

        return HoldersResponse.FromWire(await AskAsync("GetHolders", request, _queries.GetHoldersAsync, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<TransactionResponse> GetTransactionAsync(TransactionId transaction, CancellationToken cancellationToken)
    {
        var request = new ApiWire.GetTransactionRequest { Id = transaction.ToString() };
        var answer = await AskAsync("GetTransaction", request, _queries.GetTransactionAsync, cancellationToken);
        try
        {
            return TransactionResponse.FromWire(answer);
        }
        catch (JsonException)
        {
            throw _calls.NotOurs("a transaction's body is not JSON");
        }
    }

    /// <inheritdoc/>
    public async Task<BlockResponse> GetBlockAsync(string height, CancellationToken cancellationToken) => BlockResponse.FromWire(
        await AskAsync("GetBlock", new ApiWire.GetBlockRequest { Height = height }, _queries.GetBlockAsync, cancellationToken));

    /// <inheritdoc/>
    public async Task<BalanceSheetResponse> GetBalanceSheetAsync(PartyId party, ulong? at, CancellationToken cancellationToken)
    {
        var request = new ApiWire.GetBalanceSheetRequest { Id = party.ToString() };
        if (at is { } height)
        {
            request.At = height;
        }

        return BalanceSheetResponse.FromWire(await AskAsync("GetBalanceSheet", request, _queries.GetBalanceSheetAsync, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<ProofResponse> ProveHoldingAsync(AccountId account, Instrument instrument, CancellationToken cancellationToken)
    {
        var request = new ApiWire.ProveHoldingRequest { Account = account.ToString(), Instrument = instrument.ToString() };
        return ProofResponse.FromWire(
            await _calls.SendAsync((message, call) => _proofs.ProveHoldingAsync(message, call), request, Proof("ProveHolding"), _options.Timeout, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<ProofResponse> ProveTransactionAsync(TransactionId transaction, CancellationToken cancellationToken)
    {
        var request = new ApiWire.ProveTransactionRequest { Id = transaction.ToString() };
        return ProofResponse.FromWire(
            await _calls.SendAsync((message, call) => _proofs.ProveTransactionAsync(message, call), request, Proof("ProveTransaction"), _options.Timeout, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<BuildResponse> BuildAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var message = new ApiWire.BuildRequest { Kind = request.Kind, Body = request.Body.GetRawText() };
        if (request.ValidForSeconds is { } seconds)
        {
            message.ValidForSeconds = seconds;
        }

        if (request.ValidUntilMs is { } untilMs)
        {
            message.ValidUntilMs = untilMs;
        }

        if (request.Salt is not null)
        {
            message.Salt = request.Salt;
        }

        return BuildResponse.FromWire(await AskAsync("Build", message, _queries.BuildAsync, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<SimulationResponse> SimulateAsync(SimulationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var message = new ApiWire.SimulateRequest { Payload = FromBase64(request.Payload, "payload") };
        message.Signers.AddRange(request.Signers ?? []);
        foreach (var signature in request.Signatures ?? [])
        {
            message.Signatures.Add(new LedgerWire.Signature
            {
                PublicKey = HexText.TryRead(signature.PublicKey, out var key)
                    ? UnsafeByteOperations.UnsafeWrap(key)
                    : throw Malformed("a signature's publicKey is not hexadecimal digits"),
                Value = FromBase64(signature.Value, "a signature's value"),
            });
        }

        return SimulationResponse.FromWire(await AskAsync("Simulate", message, _queries.SimulateAsync, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<Stream> ExportAsync(ulong? to, CancellationToken cancellationToken)
    {
        var request = new ApiWire.ExportRequest();
        if (to is { } height)
        {
            request.To = height;
        }

        var call = _chain.Export(request, _calls.Options(OnChain("Export"), request, timeout: null, cancellationToken));
        var stream = new ChunkReader(call, _calls);
        try
        {
            // A refusal comes in place of the first piece.
            await stream.BeginAsync(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerEvent> EventsAsync(ulong? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ApiWire.EventsRequest();
        if (from is { } first)
        {
            request.From = first;
        }

        using var call = _chain.Events(request, _calls.Options(OnChain("Events"), request, timeout: null, cancellationToken));
        while (await _calls.GuardAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken))
        {
            yield return LedgerEvent.FromWire(call.ResponseStream.Current);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = PingDelay,
    };

    private static async Task WriteAsync(
        IClientStreamWriter<ApiWire.SubmitStreamRequest> stream,
        IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> batches,
        FinalityLevel wait,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in batches.WithCancellation(cancellationToken))
            {
                var request = new ApiWire.SubmitStreamRequest
                {
                    Wait = (ApiWire.FinalityLevel)wait,
                    TimeoutSeconds = (int)Math.Max(1, timeout.TotalSeconds),
                };
                request.Transactions.AddRange(batch.Select(UnsafeByteOperations.UnsafeWrap));
                await stream.WriteAsync(request, cancellationToken);
            }

            await stream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            // The gateway answered before the end of the stream: its answer or refusal says how many transactions it took.
        }
    }

    private static string Submission(string name) => FullName(nameof(Submissions), name);

    private static string Proof(string name) => FullName(nameof(Proofs), name);

    private static string OnChain(string name) => FullName(nameof(Chain), name);

    private static string FullName(string service, string name) => $"/consortium.api.v1.{service}/{name}";

    private static ByteString FromBase64(string text, string what) =>
        Base64Text.TryRead(text, out var bytes) ? UnsafeByteOperations.UnsafeWrap(bytes) : throw Malformed($"{what} is not base64");

    private static RefusedException Malformed(string fault) =>
        RefusedException.From(RefusalResponse.From(new Refused(Refusal.Malformed, $"{fault}.")));

    private Task<TResponse> AskAsync<TRequest, TResponse>(
        string name,
        TRequest request,
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> call,
        CancellationToken cancellationToken)
        where TRequest : IMessage =>
        _calls.SendAsync(call, request, FullName(nameof(Queries), name), _options.Timeout, cancellationToken);
}
