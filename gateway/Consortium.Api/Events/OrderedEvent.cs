namespace Consortium.Api;

/// <summary>Data of the event <c>ordered</c>: a batch is durable and executed.</summary>
/// <param name="Position">Its journal position.</param>
/// <param name="TimeMs">Batch time.</param>
/// <param name="Transactions">Its transactions, in order.</param>
public sealed record OrderedEvent(ulong Position, ulong TimeMs, IReadOnlyList<OrderedTransaction> Transactions);
