using Consortium.Ledger.Ids;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client.Load;

/// <summary>Counts the receipts and refusals of a load. Safe for use by any number of threads.</summary>
internal sealed class LoadCounts(AckFile acks)
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan Latency, int Transactions)> _latencies = [];
    private readonly List<(TimeSpan Latency, int Transactions)> _latenciesAfterWarmUp = [];
    private long _committed;
    private long _rejected;
    private long _refused;
    private long _unanswered;
    private long _retries;
    private string? _firstRefusal;

    public void Retried() => Interlocked.Increment(ref _retries);

    public void Unanswered(int transactions) => Interlocked.Add(ref _unanswered, transactions);

    public void Refused(int transactions, string why)
    {
        Interlocked.Add(ref _refused, transactions);
        Interlocked.CompareExchange(ref _firstRefusal, why, comparand: null);
    }

    /// <summary>Counts receipts that are not refusals: their ids are written first.</summary>
    public void Acknowledged(
        IReadOnlyList<TransactionId> ids,
        IReadOnlyList<ApiWire.SubmissionReceipt> receipts,
        TimeSpan latency,
        bool warmingUp)
    {
        acks.Write(ids);
        var committed = receipts.Count(receipt => receipt.Rejections.Count == 0);
        lock (_gate)
        {
            _committed += committed;
            _rejected += receipts.Count - committed;
            _latencies.Add((latency, receipts.Count));
            if (!warmingUp)
            {
                _latenciesAfterWarmUp.Add((latency, receipts.Count));
            }
        }
    }

    public LoadResult Result(long signed, TimeSpan elapsed)
    {
        lock (_gate)
        {
            _latencies.Sort();
            _latenciesAfterWarmUp.Sort();
            return new LoadResult(
                _committed,
                _rejected,
                _refused,
                _unanswered,
                _retries,
                signed,
                elapsed,
                Percentile(_latenciesAfterWarmUp, 50),
                Percentile(_latenciesAfterWarmUp, 99),
                Percentile(_latencies, 99),
                _firstRefusal);
        }
    }

    // Nearest rank, every transaction of a request weighing alike.
    private static TimeSpan Percentile(List<(TimeSpan Latency, int Transactions)> latencies, int percent)
    {
        var total = latencies.Sum(latency => (long)latency.Transactions);
        var rank = ((total * percent) + 99) / 100;
        long seen = 0;
        foreach (var (latency, transactions) in latencies)
        {
            seen += transactions;
            if (seen >= rank)
            {
                return latency;
            }
        }

        return TimeSpan.Zero;
    }
}
