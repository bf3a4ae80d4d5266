namespace Consortium.Ledger.Blocks;

/// <summary>Whether a transaction is valid at a batch's time (SPEC.md section 1): checked by the sequencer, and again by verifiers.</summary>
public static class ValidityRules
{
    /// <summary>Checks a transaction's validity against batch time.</summary>
    /// <param name="validUntilMs">End of the transaction's validity, UTC milliseconds, exclusive.</param>
    /// <param name="timeMs">Batch time.</param>
    /// <param name="validityMaxMs">The genesis' longest validity.</param>
    /// <returns>The refusal, or <see langword="null"/> when the transaction may be ordered.</returns>
    public static Refused? Check(ulong validUntilMs, ulong timeMs, ulong validityMaxMs)
    {
        if (validUntilMs <= timeMs)
        {
            return new Refused(
                Refusal.Expired,
                $"The transaction was valid until {validUntilMs}; the batch time is {timeMs}.");
        }

        return validUntilMs - timeMs > validityMaxMs
            ? new Refused(
                Refusal.ValidUntilTooFar,
                $"The transaction is valid until {validUntilMs}; at batch time {timeMs} the network takes at most {validityMaxMs} ms more.")
            : null;
    }
}
