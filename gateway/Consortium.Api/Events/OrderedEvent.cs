namespace Consortium.Api;

/// <summary>Data of the event <c>ordered</c>: a batch is durable and executed.</summary>
/// <param name="Position">Its journal position.</param>
/// <param name="TimeMs">Batch time.</param>
/// <param name="Transactions">Its transactions, in order.</param>
public sealed record OrderedEvent(ulong Position, ulong TimeMs, IReadOnlyList<OrderedTransaction> Transactions)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static OrderedEvent FromWire(Wire.OrderedEvent wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new OrderedEvent(wire.Position, wire.TimeMs, [.. wire.Transactions.Select(OrderedTransaction.FromWire)]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.OrderedEvent ToWire() => new()
    {
        Position = Position,
        TimeMs = TimeMs,
        Transactions = { Transactions.Select(one => one.ToWire()) },
    };
}
