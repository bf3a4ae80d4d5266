using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Beneficiaries release pledges, mostly those whose deal never comes.</summary>
internal sealed class ReleaseWorkload : IWorkload
{
    public TransactionKind Kind => TransactionKind.Release;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        if (model.Pledges.Count == 0)
        {
            return null;
        }

        var pledge = model.Pledges[random.Next(model.Pledges.Count)];
        if (pledge.Prepared is not null && random.Next(4) > 0)
        {
            return null;
        }

        if (random.Happens(2 * model.Habits.FaultPerMillion))
        {
            return random.Next(2) == 0
                ? Write(pledge, Unusable.Deal, pledge.Beneficiary, Expectation.MustBeRefused, "no such pledge", model, nowMs, random)
                : Write(pledge, pledge.Deal, pledge.Account, Expectation.MayBeRejected, "signed by the pledger", model, nowMs, random);
        }

        var transaction = Write(pledge, pledge.Deal, pledge.Beneficiary, Expectation.ShouldBeAccepted, "release", model, nowMs, random);
        transaction.Pledge = pledge;
        return transaction;
    }

    public void Reserve(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Pledge is { } pledge)
        {
            transaction.TookPledge = model.Pledges.Remove(pledge);
        }
    }

    /// <summary>A pledge that could not be released was probably used up, so the model drops it.</summary>
    public void Undo(ClientModel model, IntendedTransaction transaction) => GiveBack(transaction);

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        if (!transaction.Reserved)
        {
            Reserve(model, transaction);
        }

        GiveBack(transaction);
    }

    private static void GiveBack(IntendedTransaction transaction)
    {
        if (transaction is { TookPledge: true, Pledge: { } pledge })
        {
            transaction.TookPledge = false;
            pledge.Account.Free[pledge.Asset.Index] += pledge.Amount;
        }
    }

    private IntendedTransaction Write(
        ClientPledge pledge,
        TransactionId deal,
        ClientAccount signer,
        Expectation expectation,
        string what,
        ClientModel model,
        ulong nowMs,
        SeededRandom random)
    {
        var body = new Release(pledge.Account.Id, pledge.Asset.Full, deal);
        return model.Writer.Write(
            this, body, model.Signers.Clear().Add(signer, random), model.ValidUntil(nowMs, random), expectation, what);
    }
}
