namespace Consortium.Api;

/// <summary>One thing that happened on the ledger: ordered, sealed or final.</summary>
/// <param name="ResumeFrom">Where to go on after a lost connection, or <see langword="null"/> when another event of the same journal position follows.</param>
/// <param name="Ordered">A batch was ordered.</param>
/// <param name="Sealed">A block was sealed.</param>
/// <param name="Final">A block and all below became final.</param>
public sealed record LedgerEvent(
    ulong? ResumeFrom,
    OrderedEvent? Ordered = null,
    SealedEvent? Sealed = null,
    FinalEvent? Final = null)
{
    /// <summary>Whether nothing happened: sent after 15 seconds of silence.</summary>
    public bool IsSilence => Ordered is null && Sealed is null && Final is null;

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The event.</returns>
    public static LedgerEvent FromWire(Wire.LedgerEvent wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new LedgerEvent(
            wire.HasResumeFrom ? wire.ResumeFrom : null,
            wire.Ordered is { } ordered ? OrderedEvent.FromWire(ordered) : null,
            wire.Sealed is { } sealedEvent ? SealedEvent.FromWire(sealedEvent) : null,
            wire.Final is { } final ? FinalEvent.FromWire(final) : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.LedgerEvent ToWire()
    {
        var wire = this switch
        {
            { Ordered: { } ordered } => new Wire.LedgerEvent { Ordered = ordered.ToWire() },
            { Sealed: { } sealedEvent } => new Wire.LedgerEvent { Sealed = sealedEvent.ToWire() },
            { Final: { } final } => new Wire.LedgerEvent { Final = final.ToWire() },
            _ => new Wire.LedgerEvent { Silence = new Wire.SilenceEvent() },
        };
        if (ResumeFrom is { } resumeFrom)
        {
            wire.ResumeFrom = resumeFrom;
        }

        return wire;
    }
}
