namespace Consortium.Api;

/// <summary>The result that a transaction would have now.</summary>
/// <param name="TransactionId">The transaction.</param>
/// <param name="Outcome">Accepted or rejected.</param>
/// <param name="TimeMs">The batch time it was executed at.</param>
/// <param name="Rejections">All rules that it would break.</param>
/// <param name="Changes">The values that the transaction would replace.</param>
public sealed record SimulationResponse(
    string TransactionId,
    ReceiptOutcome Outcome,
    ulong TimeMs,
    IReadOnlyList<RejectionResponse> Rejections,
    IReadOnlyList<StateChangeResponse> Changes)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static SimulationResponse FromWire(Wire.Simulation wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new SimulationResponse(
            wire.TransactionId,
            wire.Rejections.Count == 0 ? ReceiptOutcome.Accepted : ReceiptOutcome.Rejected,
            wire.TimeMs,
            [.. wire.Rejections.Select(RejectionResponse.From)],
            [.. wire.Changes.Select(StateChangeResponse.FromWire)]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Simulation ToWire() => new()
    {
        TransactionId = TransactionId,
        TimeMs = TimeMs,
        Rejections = { Rejections.Select(rejection => rejection.ToWire()) },
        Changes = { Changes.Select(change => change.ToWire()) },
    };
}
