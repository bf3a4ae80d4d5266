using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Google.Protobuf;

namespace Consortium.Ledger.Execution;

/// <summary>A transaction with the result of executing it.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Rejections">The rules that the transaction broke, in order of precedence; empty when it was accepted.</param>
/// <param name="IsAuthorised">
/// Whether every authority that must sign did, and at least one that the ledger knows. What is not authorised is never
/// recorded: a stranger can neither fill the journal nor use up the id of a deal that others are still signing.
/// </param>
public sealed record ExecutedTransaction(
    Transaction Transaction,
    IReadOnlyList<RejectionDetail> Rejections,
    bool IsAuthorised)
{
    private static readonly Wire.Outcome AcceptedOutcome = new();

    /// <summary>Whether the transaction broke no rule, so that its changes were written.</summary>
    public bool Accepted => Rejections.Count == 0;

    /// <summary>Why the transaction must not be recorded.</summary>
    /// <returns>The refusal, or <see langword="null"/> when it may be recorded.</returns>
    public Refused? ToRefused()
    {
        if (IsAuthorised)
        {
            return null;
        }

        var isRotated = Rejections.Any(rejection => rejection.Code == Rejection.SignedByRotatedKey);
        var rules = Rejections.Select(rejection => $"{rejection.Code} at '{rejection.Subject}': {rejection.Remedy}");
        return new Refused(
            isRotated ? Refusal.SignedByRotatedKey : Refusal.NotAuthorised,
            $"The signatures do not suffice, so nothing was recorded. {string.Join(" ", rules)}");
    }

    /// <summary>The recorded form of what became of it.</summary>
    /// <returns>The message; not to be changed.</returns>
    public Wire.Outcome ToOutcome()
    {
        if (Accepted)
        {
            return AcceptedOutcome;
        }

        var outcome = new Wire.Outcome();
        outcome.Rejections.AddRange(Rejections.Select(rejection => rejection.ToWire()));
        return outcome;
    }

    /// <summary>The leaf of the block's receipts tree.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="timeMs">Batch time.</param>
    /// <param name="outcome">The recorded outcome of the transaction.</param>
    /// <returns>The message.</returns>
    public static Wire.Receipt Receipt(TransactionId transaction, ulong timeMs, Wire.Outcome outcome) => new()
    {
        TransactionId = UnsafeByteOperations.UnsafeWrap(transaction.Digest.ToArray()),
        TimeMs = timeMs,
        Outcome = outcome,
    };
}
