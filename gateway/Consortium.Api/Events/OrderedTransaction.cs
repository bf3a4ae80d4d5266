namespace Consortium.Api;

/// <summary>A transaction of a batch.</summary>
/// <param name="TransactionId"><c>tx1…</c>.</param>
/// <param name="Outcome">Accepted or rejected.</param>
/// <param name="Rejections">Names of the rules that it broke; left out unless rejected.</param>
public sealed record OrderedTransaction(string TransactionId, ReceiptOutcome Outcome, IReadOnlyList<string>? Rejections = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static OrderedTransaction FromWire(Wire.OrderedTransaction wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return wire.Rejections.Count == 0
            ? new OrderedTransaction(wire.TransactionId, ReceiptOutcome.Accepted)
            : new OrderedTransaction(wire.TransactionId, ReceiptOutcome.Rejected, [.. wire.Rejections]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.OrderedTransaction ToWire() => new() { TransactionId = TransactionId, Rejections = { Rejections ?? [] } };
}
