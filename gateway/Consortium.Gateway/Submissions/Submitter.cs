using Consortium.Api;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Node;
using Consortium.Gateway.Telemetry;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Gateway.Submissions;

/// <summary>Checks, orders and waits.</summary>
internal sealed class Submitter(SignatureChecker checker, KeyImport keys, TimeProvider timeProvider)
{
    /// <summary>Has transactions ordered.</summary>
    /// <param name="node">The node.</param>
    /// <param name="signed">Encoded signed transactions.</param>
    /// <param name="cancellationToken">Stops waiting; transactions that have reached the sequencer are ordered all the same.</param>
    /// <returns>One result per transaction, in order.</returns>
    public async Task<SubmissionResult[]> SubmitAsync(
        ILedgerNode node,
        IReadOnlyList<ReadOnlyMemory<byte>> signed,
        CancellationToken cancellationToken)
    {
        GatewayInstruments.SubmissionSize.Record(signed.Count);
        var results = new SubmissionResult[signed.Count];
        var places = new List<int>(signed.Count);
        var transactions = new List<Transaction>(signed.Count);
        using (GatewayInstruments.Source.StartActivity("check"))
        {
            var checks = checker.Check(signed, node.Genesis.Network);
            for (var i = 0; i < checks.Length; i++)
            {
                if (checks[i].Transaction is { } transaction)
                {
                    places.Add(i);
                    transactions.Add(transaction);
                }
                else
                {
                    results[i] = new SubmissionResult(IdOf(signed[i]), checks[i].Refused, Recorded: null, IsDuplicate: false);
                }
            }
        }

        using (GatewayInstruments.Source.StartActivity("submit"))
        {
            var answers = await node.SubmitAsync(transactions);
            for (var i = 0; i < answers.Count; i++)
            {
                results[places[i]] = await DescribeAsync(node, answers[i], cancellationToken);
                if (answers[i] is { Duplicate: false, Outcome.Rejections.Count: 0 })
                {
                    keys.Note(transactions[i].Body);
                }
            }
        }

        CountRefused(results);
        return results;
    }

    /// <summary>Waits until a batch has come far enough.</summary>
    /// <param name="node">The node.</param>
    /// <param name="position">Its journal position; 0 for none, which is far enough.</param>
    /// <param name="level">The finality level that is far enough.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether the level was reached in time.</returns>
    public async Task<bool> WaitAsync(
        ILedgerNode node,
        ulong position,
        FinalityLevel level,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        if (position == 0 || level == FinalityLevel.Ordered)
        {
            return true;
        }

        using var activity = GatewayInstruments.Source.StartActivity("wait");
        using var timer = new CancellationTokenSource(timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await node.Progress.WaitAsync(
                now => (level == FinalityLevel.Final ? now.FinalPosition : now.SealedPosition) >= position,
                linked.Token);
            return true;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async ValueTask<SubmissionResult> DescribeAsync(ILedgerNode node, OrderResult answer, CancellationToken cancellationToken)
    {
        RecordedReceipt? recorded;
        if (answer.Refused is null)
        {
            // Only a transaction that was ordered long ago comes without its receipt.
            recorded = answer.ToReceipt() is { } receipt
                ? new RecordedReceipt(answer.Id, answer.Position, answer.Index, receipt)
                : await node.ReadTransactionAsync(answer.Position, answer.Index, cancellationToken);
            Invariant.Holds(recorded is not null);
            return new SubmissionResult(answer.Id, Refused: null, recorded, answer.Duplicate);
        }

        // The transaction may have been ordered before it expired, and the answer lost on its way.
        recorded = answer.Refused.Code == Refusal.Expired
            ? await node.FindTransactionAsync(answer.Id, cancellationToken)
            : null;
        return recorded is null
            ? new SubmissionResult(answer.Id, answer.Refused, Recorded: null, IsDuplicate: false)
            : new SubmissionResult(answer.Id, Refused: null, recorded, IsDuplicate: true);
    }

    // So that a refused transaction can be told from its neighbours.
    private static TransactionId? IdOf(ReadOnlyMemory<byte> signed)
    {
        if (signed.Length > LedgerLimits.PayloadBytesMax * 2)
        {
            return null;
        }

        try
        {
            var payload = Wire.SignedTransaction.Parser.ParseFrom(signed.Span).Payload;
            return payload.IsEmpty ? null : Derive.Transaction(payload.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static void CountRefused(SubmissionResult[] results)
    {
        foreach (var result in results)
        {
            if (result.Refused is { } refused)
            {
                GatewayInstruments.Refused.Add(1, new KeyValuePair<string, object?>("code", refused.Code.ToString()));
            }
        }
    }
}
