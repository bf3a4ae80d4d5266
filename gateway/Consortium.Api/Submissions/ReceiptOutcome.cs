namespace Consortium.Api;

/// <summary>The outcome of a submitted transaction.</summary>
public enum ReceiptOutcome
{
    /// <summary>The transaction broke no rule, and its changes are on the ledger.</summary>
    Accepted = 0,

    /// <summary>The ledger recorded its no: a rule was broken and nothing changed.</summary>
    Rejected = 1,

    /// <summary>The gateway or the sequencer did not order the transaction; nothing is recorded.</summary>
    Refused = 2,
}
