using System.Runtime.InteropServices;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>What was acknowledged stands once and where it was said; what was refused for good, or never submitted, does not stand at all.</summary>
/// <remarks>
/// A transaction may be submitted many times, half signed and then whole, or again for want of an answer; every copy that
/// may arrive counts as a submission. Ordered and rejected counts as acknowledged.
/// </remarks>
internal sealed class ExactlyOnceChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "exactly-once";

    private readonly Dictionary<TransactionId, SubmissionFate> _fates = [];

    /// <summary>A transaction is about to be submitted.</summary>
    public void OnSubmitted(TransactionId id) => CollectionsMarshal.GetValueRefOrAddDefault(_fates, id, out _).Open++;

    /// <summary>A submission was answered with a place.</summary>
    public void OnAcknowledged(TransactionId id, ulong position, int index)
    {
        ref var fate = ref Answered(id);
        fate.Acknowledged = true;
        if (!ledger.TryFind(id, out var place) || (place.Position, place.Index) != (position, index))
        {
            findings.Report(Name, $"{id} was acknowledged at {position}/{index}; the journal has it at {Place(id)}");
        }
    }

    /// <summary>A submission was refused.</summary>
    public void OnRefused(TransactionId id, Refused refused)
    {
        ref var fate = ref Answered(id);
        fate.Unclear |= !SaysNothingHappened(refused.Code);
        fate.Expired |= refused.Code == Refusal.Expired;
        if (fate.MustBeAbsent && ledger.TryFind(id, out _))
        {
            findings.Report(Name, $"{id} was refused as {refused.Code}; the journal has it at {Place(id)}");
        }
    }

    /// <summary>A submission will not be answered.</summary>
    public void OnUnanswered(TransactionId id) => Answered(id).Unclear = true;

    /// <summary>A batch became durable.</summary>
    public void OnBatch(ReplayedBatch batch)
    {
        for (var i = 0; i < batch.Executed.Count; i++)
        {
            var id = batch.Executed[i].Transaction.Id;
            ledger.TryFind(id, out var first);
            if ((first.Position, first.Index) != (batch.Position, i))
            {
                findings.Report(Name, $"{id} was ordered at {first.Position}/{first.Index} and again at {batch.Position}/{i}");
            }
            else if (!_fates.TryGetValue(id, out var fate))
            {
                findings.Report(Name, $"{id} was ordered at {batch.Position}/{i}; nobody submitted it");
            }
            else if (fate.Expired)
            {
                findings.Report(Name, $"{id} was ordered at {batch.Position}/{i} after it was refused as expired");
            }
            else if (fate.MustBeAbsent)
            {
                findings.Report(Name, $"{id} was ordered at {batch.Position}/{i} after all its submissions were refused for good");
            }
        }
    }

    /// <summary>Checks that a recovered activation remembers every transaction that could still be ordered again.</summary>
    /// <param name="activation">Its name.</param>
    /// <param name="position">Journal position up to which the activation has executed.</param>
    /// <param name="timeMs">The last batch time or cut that it knows; the next is not before.</param>
    /// <param name="remembered">Transactions in its duplicate window.</param>
    public void OnRecovered(string activation, ulong position, ulong timeMs, int remembered)
    {
        var valid = 0;
        for (var i = ledger.Transactions.Count - 1; i >= 0 && ledger.Transactions[i].TimeMs + ledger.Genesis.ValidityMaxMs > timeMs; i--)
        {
            valid += ledger.Transactions[i].Position <= position && ledger.Transactions[i].ValidUntilMs > timeMs ? 1 : 0;
        }

        if (remembered < valid)
        {
            findings.Report(Name, $"{activation} remembers {remembered} transactions at position {position}; {valid} are still valid at {timeMs}");
        }
    }

    /// <summary>The run is over.</summary>
    /// <param name="buried">Whether it went on long enough for all that was acknowledged to be final; otherwise it is sealed.</param>
    public void OnEnd(bool buried)
    {
        var covered = buried ? ledger.FinalPosition : ledger.SealedPosition;
        foreach (var (id, fate) in _fates)
        {
            var isInJournal = ledger.TryFind(id, out var place);
            if (fate.Acknowledged && !(isInJournal && place.Position <= covered))
            {
                findings.Report(Name, $"{id} was acknowledged and stands at {Place(id)}; the {(buried ? "final" : "sealed")} chain ends at {covered}");
            }
            else if (fate.MustBeAbsent && isInJournal)
            {
                findings.Report(Name, $"{id} was refused for good and stands at {Place(id)}");
            }
        }
    }

    // The other refusals are given, or may be, when a place in the journal is still possible or the question open.
    private static bool SaysNothingHappened(Refusal refusal) => refusal switch
    {
        Refusal.Malformed
            or Refusal.TooLarge
            or Refusal.BatchTooLarge
            or Refusal.MediaTypeUnsupported
            or Refusal.WrongNetwork
            or Refusal.SignatureMissing
            or Refusal.SignaturesTooMany
            or Refusal.SignatureRepeated
            or Refusal.PublicKeyInvalid
            or Refusal.SignatureNotLowS
            or Refusal.SignatureInvalid
            or Refusal.SignedByRotatedKey
            or Refusal.NotAuthorised
            or Refusal.Expired
            or Refusal.ValidUntilTooFar
            or Refusal.NotFound
            or Refusal.HeightNotSealed
            or Refusal.ParameterInvalid
            or Refusal.Unauthenticated
            or Refusal.Forbidden => true,
        Refusal.None
            or Refusal.Overloaded
            or Refusal.RateLimited
            or Refusal.StorageUnavailable
            or Refusal.NotServing
            or Refusal.WaitTimedOut
            or Refusal.Internal => false,
    };

    private ref SubmissionFate Answered(TransactionId id)
    {
        ref var fate = ref CollectionsMarshal.GetValueRefOrAddDefault(_fates, id, out _);
        if (--fate.Open < 0)
        {
            fate.Open = 0;
            findings.Report(Name, $"{id} was answered more often than it was submitted");
        }

        return ref fate;
    }

    private string Place(TransactionId id) => ledger.TryFind(id, out var place) ? $"{place.Position}/{place.Index}" : "no position";
}
