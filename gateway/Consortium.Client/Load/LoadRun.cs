using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client.Load;

/// <summary>Sends requests that are ready, on several connections, until time is up or there are none left.</summary>
internal sealed class LoadRun(
    ConsortiumClient client,
    TimeProvider timeProvider,
    LoadOptions options,
    LoadRequest[] requests,
    LoadCounts counts)
{
    // Requests that are on their way when the time is up may still be answered within this.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(1);

    private long _started;
    private int _next;

    private TimeSpan Elapsed => timeProvider.GetElapsedTime(_started);

    private bool IsTimeUp => Elapsed >= options.Duration;

    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        _started = timeProvider.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(() => WorkAsync(cancellationToken), cancellationToken)));
        return Elapsed;
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!IsTimeUp && Interlocked.Increment(ref _next) - 1 is var place && place < requests.Length)
        {
            // At a given rate latency counts from the time at which a request was due, not from when a connection was free for it.
            var due = options.Rate is { } rate
                ? TimeSpan.FromSeconds((double)place * options.BatchSize / rate)
                : Elapsed;
            if (due >= options.Duration)
            {
                return;
            }

            if (due > Elapsed)
            {
                await Task.Delay(due - Elapsed, timeProvider, cancellationToken);
            }

            await SendAsync(requests[place], due, cancellationToken);
        }
    }

    private async Task SendAsync(LoadRequest request, TimeSpan due, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (receipts, refusal) = await TrySendAsync(request.Body, cancellationToken);
            var delay = RetryDelay;
            if (receipts is not null)
            {
                if (Count(request, receipts, Elapsed - due, due < options.WarmUp) is not { } rest)
                {
                    return;
                }

                request = rest;
            }
            else if (refusal is { Retryable: false })
            {
                counts.Refused(request.Ids.Length, refusal.Message);
                return;
            }
            else if (refusal?.RetryAfter is { } asked)
            {
                delay = asked < RetryDelayMax ? asked : RetryDelayMax;
            }

            if (IsTimeUp)
            {
                if (refusal is not null || receipts is not null)
                {
                    counts.Refused(request.Ids.Length, refusal?.Message ?? "Time was up before the gateway took it.");
                }
                else
                {
                    counts.Unanswered(request.Ids.Length);
                }

                return;
            }

            counts.Retried();
            await Task.Delay(delay, timeProvider, cancellationToken);
        }
    }

    private async Task<(ApiWire.SubmissionReceipts? Receipts, RefusedException? Refusal)> TrySendAsync(
        byte[] body,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Duration - Elapsed + Grace);
        try
        {
            return (await client.Submissions.SendAsync(body, FinalityLevel.Ordered, Grace, limit.Token), null);
        }
        catch (RefusedException exception)
        {
            return (null, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ConsortiumException)
        {
            return (null, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, null);
        }
    }

    /// <summary>Counts what was answered; returns what is to be sent again, or <see langword="null"/>.</summary>
    private LoadRequest? Count(LoadRequest request, ApiWire.SubmissionReceipts answers, TimeSpan latency, bool warmingUp)
    {
        if (answers.Receipts.Count != request.Ids.Length)
        {
            throw new ConsortiumException(
                "not_a_gateway",
                $"The gateway answered {request.Ids.Length} transactions with {answers.Receipts.Count} receipts.",
                "Check the gateway's version.");
        }

        var (acknowledged, receipts) = (new List<TransactionId>(request.Ids.Length), new List<ApiWire.SubmissionReceipt>(request.Ids.Length));
        var again = new List<int>();
        for (var i = 0; i < request.Ids.Length; i++)
        {
            var receipt = answers.Receipts[i];
            if (receipt.Refusal == 0)
            {
                acknowledged.Add(request.Ids[i]);
                receipts.Add(receipt);
            }
            else if (ErrorCatalogue.Find((Refusal)receipt.Refusal).Retryable)
            {
                again.Add(i);
            }
            else
            {
                counts.Refused(1, receipt.Detail);
            }
        }

        if (receipts.Count > 0)
        {
            counts.Acknowledged(acknowledged, receipts, latency, warmingUp);
        }

        return again.Count == 0 ? null : Pick(request, again);
    }

    private static LoadRequest Pick(LoadRequest request, List<int> places)
    {
        var fault = SubmissionBytes.TrySplit(request.Body, request.Ids.Length, out var transactions, out _);
        Invariant.Holds(fault is null);
        return new LoadRequest(
            SubmissionBytes.Join(places.Select(place => transactions[place])),
            [.. places.Select(place => request.Ids[place])]);
    }
}
