using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Consensus.Sequencing;

/// <summary>One transaction of a submission.</summary>
internal readonly record struct QueuedTransaction(Submission Submission, int IndexInSubmission)
{
    public Transaction Transaction => Submission.Transactions[IndexInSubmission];

    public void Answer(Refused refused) =>
        Submission.Answer(IndexInSubmission, new OrderResult(Transaction.Id, refused, 0, 0, Duplicate: false));

    public void Answer(ulong position, int index, bool duplicate) =>
        Submission.Answer(IndexInSubmission, new OrderResult(Transaction.Id, null, position, index, duplicate));
}
