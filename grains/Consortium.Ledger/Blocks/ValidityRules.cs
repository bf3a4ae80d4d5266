namespace Consortium.Ledger.Blocks;

/// <summary>When a transaction may be ordered (SPEC.md section 1): checked where it is ordered, and again by verifiers.</summary>
public static class ValidityRules
{
    /// <summary>Checks a transaction's validity against batch time.</summary>
    /// <param name="validUntilMs">Until when it may be ordered, exclusive.</param>
    /// <param name="timeMs">Batch time.</param>
    /// <param name="validityMaxMs">The genesis' longest validity.</param>
    /// <returns>Why it may not be ordered, or <see langword="null"/>.</returns>
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
