using System.Diagnostics;
using System.Threading.Channels;
using Consortium.Grains;
using Consortium.Grains.Consensus;
using Consortium.Grains.Messages;
using Consortium.Ledger;

namespace Consortium.Silo.Following;

/// <summary>Carries submissions to consensus, several in one call when they come faster than calls return.</summary>
/// <remarks>A submission that is alone is sent without delay; under load one call carries all submissions that came while the calls before it were under way.</remarks>
internal sealed partial class SubmissionBatcher(IConsensusGrain consensus, int transactionsMax, ILogger logger)
{
    private const int Calls = 4;
    private const int TransactionsPerCall = 2_000;
    private readonly Channel<PendingSubmission> _pending = Channel.CreateUnbounded<PendingSubmission>();
    private int _waiting;

    /// <summary>Transactions on their way.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Has transactions ordered.</summary>
    /// <returns>The reply with one answer per transaction; refusals when there was none.</returns>
    public async Task<OrderReply> SubmitAsync(IReadOnlyList<ReadOnlyMemory<byte>> signed)
    {
        if (Interlocked.Add(ref _waiting, signed.Count) > transactionsMax)
        {
            Interlocked.Add(ref _waiting, -signed.Count);
            return Refuse(signed.Count, Refusal.Overloaded, "Too many transactions wait to be ordered. Nothing of this request was ordered.");
        }

        var pending = new PendingSubmission(signed);
        try
        {
            return _pending.Writer.TryWrite(pending)
                ? await pending.Done.Task
                : Refuse(signed.Count, Refusal.NotServing, "This gateway stops. Nothing of this request was ordered; send it to another.");
        }
        finally
        {
            Interlocked.Add(ref _waiting, -signed.Count);
        }
    }

    /// <summary>Sends submissions until <see cref="Complete"/>, and then those that are left.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(CarryAsync)));

    /// <summary>No more is taken.</summary>
    public void Complete() => _pending.Writer.TryComplete();

    private static OrderReply Refuse(int count, Refusal code, string detail) =>
        new([.. Enumerable.Repeat(new OrderAnswer((int)code, detail, 0, 0, IsDuplicate: false, Receipt: null), count)], 0);

    // One caller's call stands in its trace. A call for several is linked to all of them, and consensus is told who they are.
    private static Activity? StartSpan(ActivityContext[] callers)
    {
        if (callers.Length == 0)
        {
            return null;
        }

        Activity.Current = null;
        return callers.Length == 1
            ? GrainInstruments.Source.StartActivity("carry", ActivityKind.Internal, callers[0])
            : GrainInstruments.Source.StartActivity("carry", ActivityKind.Internal, default(ActivityContext), links: callers.Select(caller => new ActivityLink(caller)));
    }

    // W3C Trace Context level 1, section 3.2.
    private static string TraceParent(ActivityContext caller) => $"00-{caller.TraceId}-{caller.SpanId}-{(int)caller.TraceFlags:x2}";

    private async Task CarryAsync()
    {
        while (await _pending.Reader.WaitToReadAsync())
        {
            var taken = new List<PendingSubmission>();
            var count = 0;
            while (count < TransactionsPerCall && _pending.Reader.TryRead(out var next))
            {
                taken.Add(next);
                count += next.Signed.Count;
            }

            if (taken.Count > 0)
            {
                await CarryAsync(taken, count);
            }
        }
    }

    private async Task CarryAsync(List<PendingSubmission> taken, int count)
    {
        ActivityContext[] callers = [.. taken.Select(pending => pending.Caller).Where(caller => caller != default)];
        using var span = StartSpan(callers);
        OrderReply reply;
        try
        {
            var blobs = Blobs.From([.. taken.SelectMany(pending => pending.Signed).Select(signed => (ReadOnlyMemory<byte>?)signed)]);
            reply = await consensus.SubmitAsync(new OrderRequest(blobs, callers.Length > 1 ? [.. callers.Select(TraceParent)] : []));
        }
        catch (Exception exception)
        {
            LogNotCarried(exception, count);
            var detail = GrainFaults.IsUnreachable(exception)
                ? "The sequencer could not be reached, or did not answer in time: the transaction may have been ordered. Send the same again: it is never ordered twice."
                : "The sequencer failed: the transaction may have been ordered. Send the same again: it is never ordered twice.";
            reply = Refuse(count, Refusal.NotServing, detail);
        }

        var next = 0;
        foreach (var pending in taken)
        {
            pending.Done.SetResult(new OrderReply(reply.Answers[next..(next + pending.Signed.Count)], reply.Position));
            next += pending.Signed.Count;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call with {Count} transactions was not answered; their senders are told to send them again.")]
    private partial void LogNotCarried(Exception exception, int count);
}
