using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Consensus.Sequencing;

/// <summary>One transaction of a submission.</summary>
internal readonly record struct QueuedTransaction(Submission Submission, int IndexInSubmission)
{
    public Transaction Transaction => Submission.Transactions[IndexInSubmission];

    public void Answer(Refused refused) =>
        Submission.Answer(IndexInSubmission, OrderResult.Refuse(Transaction.Id, refused));

    /// <summary>Answers the caller with the place of the ordered transaction.</summary>
    /// <param name="position">Journal position of the batch.</param>
    /// <param name="index">Place in the batch.</param>
    /// <param name="duplicate">Whether the transaction was ordered before.</param>
    /// <param name="batch">The batch, or <see langword="null"/> when it is not in memory any more.</param>
    public void Answer(ulong position, int index, bool duplicate, OrderedBatch? batch) => Submission.Answer(
        IndexInSubmission,
        new OrderResult(
            Transaction.Id,
            Refused: null,
            position,
            index,
            duplicate,
            batch?.TimeMs ?? 0,
            batch?.Executed[index].ToOutcome()));
}
