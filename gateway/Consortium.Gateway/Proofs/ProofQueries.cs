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

/// <summary>Makes proofs, for HTTP and gRPC alike.</summary>
internal sealed class ProofQueries(NodeSource nodes, ReaderCheck readers, GatewayOptions options)
{
    /// <summary>Proves a holding or its absence.</summary>
    /// <returns>Canonical bytes of a <see cref="Proof"/>.</returns>
    public async Task<byte[]> ProveHoldingAsync(
        Credentials credentials,
        string id,
        string instrument,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var account = Parameters.Account(id);
        await readers.RequireReaderAsync(credentials, node, account, cancellationToken);
        var key = StateKey.Holding(account, Parameters.Instrument(instrument));
        return await WaitAsync(token => node.ProveStateAsync(key, token), cancellationToken);
    }

    /// <summary>Proves a transaction and its receipt.</summary>
    /// <returns>Canonical bytes of a <see cref="Proof"/>.</returns>
    public async Task<byte[]> ProveTransactionAsync(Credentials credentials, string id, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var transaction = Parameters.Transaction(id);
        var recorded = await node.FindTransactionAsync(transaction, cancellationToken);
        readers.RequireReader(
            credentials,
            node,
            recorded is null ? [] : TransactionCodec.DecodeTrusted(recorded.SignedBytes, node.Genesis.Network).Signers);
        return await WaitAsync(token => node.ProveTransactionAsync(transaction, token), cancellationToken)
            ?? throw new RefusalException(Refusal.NotFound, $"No transaction {id} was ordered.");
    }

    /// <summary>Reads from a proof its network, its block and the headers on top, for an answer in JSON.</summary>
    public static ProofResponse Describe(byte[] bytes)
    {
        var proof = Proof.Parser.ParseFrom(bytes);
        var header = proof.Headers
            .Select(encoded => BlockSeal.TryRead(encoded.Span, out var seal) ? seal.Header : null)
            .First(found => found?.Height == proof.Height);
        return new ProofResponse(
            Convert.ToBase64String(bytes),
            proof.Height,
            header!.Network.ToString(),
            header.Hash.ToString(),
            proof.Headers.Count,
            proof.ContentCase == Proof.ContentOneofCase.State ? proof.State.HasValue : null);
    }

    private async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> prove, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(options.WaitSecondsMax));
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await prove(linked.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RefusalException(
                Refusal.HeightNotSealed,
                $"The block that would prove it was not sealed within {options.WaitSecondsMax} s.");
        }
    }
}
