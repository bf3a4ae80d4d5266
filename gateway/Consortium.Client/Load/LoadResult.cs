namespace Consortium.Client.Load;

/// <summary>Counts and latencies of a load; printed by <c>consortium load</c>.</summary>
/// <param name="Committed">Transactions that were acknowledged as having happened.</param>
/// <param name="Rejected">Transactions that the ledger recorded its no to.</param>
/// <param name="Refused">Transactions that the gateway refused for good.</param>
/// <param name="Unanswered">Transactions that were sent and never answered: whether they were ordered is not known.</param>
/// <param name="Retries">Requests that were sent again after a refusal that may pass, or a lost connection.</param>
/// <param name="Signed">Transactions that were signed ahead.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="LatencyP50">Half of the transactions after the warm-up were acknowledged within it.</param>
/// <param name="LatencyP99">99 of 100 transactions after the warm-up were acknowledged within it.</param>
/// <param name="LatencyP99Whole">99 of 100 transactions were acknowledged within it, those of the warm-up too.</param>
/// <param name="FirstRefusal">Detail of the first refusal that could not pass later, or <see langword="null"/>.</param>
public sealed record LoadResult(
    long Committed,
    long Rejected,
    long Refused,
    long Unanswered,
    long Retries,
    long Signed,
    TimeSpan Elapsed,
    TimeSpan LatencyP50,
    TimeSpan LatencyP99,
    TimeSpan LatencyP99Whole,
    string? FirstRefusal)
{
    /// <summary>Committed transactions per second.</summary>
    public double PerSecond => Elapsed > TimeSpan.Zero ? Committed / Elapsed.TotalSeconds : 0;
}
