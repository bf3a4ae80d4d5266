namespace Consortium.Api;

/// <summary>What became of a transaction.</summary>
public enum ReceiptOutcome
{
    /// <summary>It happened.</summary>
    Accepted = 0,

    /// <summary>The ledger recorded its no: a rule was broken and nothing changed.</summary>
    Rejected = 1,

    /// <summary>It was not ordered; nothing is recorded.</summary>
    Refused = 2,
}
