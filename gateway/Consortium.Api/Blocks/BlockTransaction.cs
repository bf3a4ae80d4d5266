namespace Consortium.Api;

/// <summary>A transaction of a block.</summary>
/// <param name="Receipt">Place and outcome of the transaction.</param>
/// <param name="Kind">For example <c>deal</c>.</param>
public sealed record BlockTransaction(ReceiptResponse Receipt, string Kind)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BlockTransaction FromWire(Wire.BlockTransaction wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BlockTransaction(ReceiptResponse.FromWire(wire.Receipt ?? new()), wire.Kind);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.BlockTransaction ToWire() => new()
    {
        Receipt = Receipt.ToWire(),
        Kind = Kind,
    };
}
