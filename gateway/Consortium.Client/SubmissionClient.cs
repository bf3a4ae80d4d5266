using Consortium.Api;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client;

/// <summary>Submits signed transactions.</summary>
public sealed class SubmissionClient
{
    private static readonly TimeSpan WaitSliceMax = TimeSpan.FromSeconds(30);

    private readonly IGatewayTransport _transport;
    private readonly TimeProvider _timeProvider;

    internal SubmissionClient(IGatewayTransport transport, TimeProvider timeProvider)
    {
        _transport = transport;
        _timeProvider = timeProvider;
    }

    /// <summary>Sends one body once.</summary>
    /// <param name="body">An encoded submission: <see cref="SubmissionBytes.Join"/>, or one signed transaction as it is.</param>
    /// <param name="wait">The finality level to wait for.</param>
    /// <param name="timeout">Longest time that the gateway waits for the finality level; whole seconds.</param>
    /// <param name="cancellationToken">Stops waiting; whether the transactions were ordered is then not known.</param>
    /// <returns>One receipt per transaction, in order.</returns>
    /// <exception cref="RefusedException">The whole request was refused.</exception>
    public Task<ApiWire.SubmissionReceipts> SendAsync(
        byte[] body,
        FinalityLevel wait,
        TimeSpan timeout,
        CancellationToken cancellationToken) => _transport.SendAsync(body, wait, timeout, cancellationToken);

    /// <summary>Has transactions ordered, sending those again whose refusal may pass.</summary>
    /// <param name="transactions">Encoded signed transactions; as many as one request may hold.</param>
    /// <param name="retry">Bounds on sending again.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>One receipt per transaction, in order; rejections and refusals are in them.</returns>
    /// <exception cref="RefusedException">The whole request was refused, however often it was sent.</exception>
    /// <exception cref="HttpRequestException">There was no connection, however often it was tried.</exception>
    public async Task<IReadOnlyList<ReceiptResponse>> SubmitAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> transactions,
        RetryOptions retry,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentNullException.ThrowIfNull(retry);
        using var span = ClientInstruments.StartSubmit(transactions.Count);
        var receipts = new ReceiptResponse[transactions.Count];
        var pending = Enumerable.Range(0, transactions.Count).ToList();
        for (var attempt = 1; pending.Count > 0; attempt++)
        {
            var (answers, retryAfter) = await TrySendAsync(
                SubmissionBytes.Join(pending.Select(place => transactions[place])),
                FinalityLevel.Ordered,
                WaitSliceMax,
                isLast: attempt >= retry.AttemptsMax,
                cancellationToken);
            if (answers is not null)
            {
                var sent = pending;
                pending = [];
                for (var i = 0; i < sent.Count; i++)
                {
                    receipts[sent[i]] = Receipts.From(answers.Receipts[i]);
                    if (receipts[sent[i]].Refusal is { Retryable: true } && attempt < retry.AttemptsMax)
                    {
                        pending.Add(sent[i]);
                    }
                }
            }

            if (pending.Count > 0)
            {
                await Task.Delay(retry.DelayAfter(attempt, retryAfter), _timeProvider, cancellationToken);
            }
        }

        return receipts;
    }

    /// <summary>Has one transaction ordered and waits for a finality level.</summary>
    /// <param name="transaction">The encoded signed transaction.</param>
    /// <param name="wait">The finality level to wait for.</param>
    /// <param name="timeout">Longest wait for the finality level in all, attempts included.</param>
    /// <param name="retry">Bounds on sending again.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The receipt; a rejection is in it.</returns>
    /// <exception cref="RefusedException">It was refused, or did not reach the finality level in time (<see cref="Refusal.WaitTimedOut"/>).</exception>
    public async Task<ReceiptResponse> SubmitAndWaitAsync(
        ReadOnlyMemory<byte> transaction,
        FinalityLevel wait,
        TimeSpan timeout,
        RetryOptions retry,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(retry);
        using var span = ClientInstruments.StartSubmit(1);
        var body = SubmissionBytes.Join([transaction]);
        var started = _timeProvider.GetTimestamp();
        var failures = 0;
        while (true)
        {
            // A gateway bounds one wait; asking again with the same bytes goes on waiting for the first receipt.
            var left = timeout - _timeProvider.GetElapsedTime(started);
            var slice = left < WaitSliceMax ? left : WaitSliceMax;
            var (answers, retryAfter) = await TrySendAsync(
                body,
                wait,
                slice,
                isLast: failures + 1 >= retry.AttemptsMax,
                cancellationToken);
            var receipt = answers is null ? null : Receipts.From(answers.Receipts[0]);
            var timedOut = answers?.Refusal == (uint)Refusal.WaitTimedOut;
            if (receipt is not null && !timedOut && receipt.Refusal is not { Retryable: true })
            {
                return receipt.Refusal is { } refusal ? throw RefusedException.From(refusal) : receipt;
            }

            if (timedOut && _timeProvider.GetElapsedTime(started) >= timeout)
            {
                throw Receipts.WaitTimedOut(receipt, wait, timeout);
            }

            if (!timedOut)
            {
                failures++;
                if (failures >= retry.AttemptsMax && receipt?.Refusal is { } last)
                {
                    throw RefusedException.From(last);
                }

                await Task.Delay(retry.DelayAfter(failures, retryAfter), _timeProvider, cancellationToken);
            }
        }
    }

    private async Task<(ApiWire.SubmissionReceipts? Answers, TimeSpan? RetryAfter)> TrySendAsync(
        byte[] body,
        FinalityLevel wait,
        TimeSpan timeout,
        bool isLast,
        CancellationToken cancellationToken)
    {
        try
        {
            return (await SendAsync(body, wait, timeout, cancellationToken), null);
        }
        catch (RefusedException exception) when (exception.Retryable && !isLast)
        {
            return (null, exception.RetryAfter);
        }
        catch (HttpRequestException) when (!isLast)
        {
            return (null, null);
        }
    }
}
