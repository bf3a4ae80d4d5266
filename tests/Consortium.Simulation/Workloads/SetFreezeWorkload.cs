using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Freezes accounts, at most one in ten at a time, and unfreezes them.</summary>
internal sealed class SetFreezeWorkload : IWorkload
{
    public TransactionKind Kind => TransactionKind.SetFreeze;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        var picked = model.Accounts[random.Next(model.Accounts.Count)];
        if (random.Happens(2 * model.Habits.FaultPerMillion))
        {
            return Faulty(picked, model, nowMs, random);
        }

        var unfreezes = model.Frozen.Count > 0 && (model.Frozen.Count * 10 >= model.Accounts.Count || random.Next(2) == 0);
        var account = unfreezes ? model.Frozen[random.Next(model.Frozen.Count)] : picked;
        var body = new SetFreeze(account.Id, !account.Frozen, "court order");
        return Write(body, account.Member, Expectation.ShouldBeAccepted, unfreezes ? "unfreeze" : "freeze", model, nowMs, random);
    }

    public void Reserve(ClientModel model, IntendedTransaction transaction) => Apply(model, transaction);

    public void Undo(ClientModel model, IntendedTransaction transaction)
    {
        var body = (SetFreeze)transaction.Body;
        if (model.Find(body.Account) is { } account)
        {
            model.BelieveFrozen(account, !body.Frozen);
        }
    }

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        var body = (SetFreeze)transaction.Body;
        if (model.Find(body.Account) is { } account)
        {
            model.BelieveFrozen(account, body.Frozen);
        }
    }

    /// <summary>A freeze that was rejected against expectation is in effect already.</summary>
    public void Doubt(ClientModel model, IntendedTransaction transaction) => Apply(model, transaction);

    private IntendedTransaction Faulty(ClientAccount account, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var good = new SetFreeze(account.Id, !account.Frozen, "court order");
        switch (random.Next(5))
        {
            case 0:
                return Write(good with { Reason = string.Empty }, account.Member, Expectation.MayBeRejected, "no reason", model, nowMs, random);
            case 1:
                return Write(good with { Reason = Unusable.LongText }, account.Member, Expectation.MayBeRejected, "reason too long", model, nowMs, random);
            case 2 when model.Assets.Count > 0:
                var asset = model.Assets[random.Next(model.Assets.Count)];
                return Write(good with { Account = asset.IssuanceAccount }, asset.Issuer.Member, Expectation.MayBeRejected, "issuance account", model, nowMs, random);
            case 3 when model.Genesis.Members.Count > 1:
                var other = (account.Member + 1) % model.Genesis.Members.Count;
                return Write(good, other, Expectation.MayBeRejected, "signed by another member", model, nowMs, random);
            default:
                return Write(good with { Frozen = account.Frozen }, account.Member, Expectation.MayBeRejected, "nothing changes", model, nowMs, random);
        }
    }

    private IntendedTransaction Write(
        SetFreeze body, int member, Expectation expectation, string what, ClientModel model, ulong nowMs, SeededRandom random) =>
        model.Writer.Write(
            this, body, model.Signers.Clear().AddAll(model.KeysOfMember(member)), model.ValidUntil(nowMs, random), expectation, what);
}
