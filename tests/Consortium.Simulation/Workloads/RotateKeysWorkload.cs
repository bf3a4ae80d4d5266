using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Replaces the keys of accounts, sometimes back to those replaced before.</summary>
internal sealed class RotateKeysWorkload : IWorkload
{
    public TransactionKind Kind => TransactionKind.RotateKeys;

    /// <summary>Clients sign with both sets of keys until an answer or a read tells them which counts.</summary>
    public bool AssumedWhenLost => false;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        var account = model.Accounts[random.Next(model.Accounts.Count)];
        if (account.OtherKeys.Length > 0)
        {
            return null;
        }

        if (random.Happens(2 * model.Habits.FaultPerMillion))
        {
            return Faulty(account, model, nowMs, random);
        }

        var keys = account.ReplacedKeys.Length > 0 && random.Next(4) == 0 ? account.ReplacedKeys : DrawnAuthority.Keys(model.Habits, random);
        var body = new RotateKeys(account.Id, DrawnAuthority.Of(keys, random));
        var transaction = Write(body, model.Signers.Clear().Add(account, random), Expectation.ShouldBeAccepted, "rotate", model, nowMs, random);
        transaction.NewKeys = keys;
        return transaction;
    }

    public void Reserve(ClientModel model, IntendedTransaction transaction)
    {
        var body = (RotateKeys)transaction.Body;
        if (model.Find(body.Account) is { } account && transaction.NewKeys is { } keys)
        {
            account.BeginRotation(keys, (int)body.Authority.Threshold);
        }
    }

    public void Undo(ClientModel model, IntendedTransaction transaction) =>
        model.Find(((RotateKeys)transaction.Body).Account)?.EndRotation();

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        var body = (RotateKeys)transaction.Body;
        if (model.Find(body.Account) is { } account && transaction.NewKeys is { } keys)
        {
            account.EndRotation(keys, (int)body.Authority.Threshold);
        }
    }

    private IntendedTransaction Faulty(ClientAccount account, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var usable = DrawnAuthority.Of(account.Keys, random);
        switch (random.Next(5))
        {
            case 0 when model.Assets.Count > 0:
                var asset = model.Assets[random.Next(model.Assets.Count)];
                var signers = model.Signers.Clear().AddAll(asset.IssuanceKeys);
                return Write(new RotateKeys(asset.IssuanceAccount, usable), signers, Expectation.MayBeRejected, "issuance account", model, nowMs, random);
            case 1:
                return Write(new RotateKeys(Unusable.Account, usable), model.Signers.Clear().Add(account, random), Expectation.MustBeRefused, "account unknown", model, nowMs, random);
            case 2 when account.ReplacedKeys.Length > 0:
                return Write(new RotateKeys(account.Id, usable), model.Signers.Clear().AddAll(account.ReplacedKeys), Expectation.MayBeRejected, "signed by replaced keys", model, nowMs, random);
            default:
                var body = new RotateKeys(account.Id, Unusable.Authority(usable, random));
                return Write(body, model.Signers.Clear().Add(account, random), Expectation.MayBeRejected, "authority unusable", model, nowMs, random);
        }
    }

    private IntendedTransaction Write(
        RotateKeys body, SignerSet signers, Expectation expectation, string what, ClientModel model, ulong nowMs, SeededRandom random) =>
        model.Writer.Write(this, body, signers, model.ValidUntil(nowMs, random), expectation, what);
}
