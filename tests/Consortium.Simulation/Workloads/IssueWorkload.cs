using Consortium.Ledger;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Issues part of what is authorised and not outstanding, and sometimes more than that.</summary>
internal sealed class IssueWorkload : IWorkload
{
    public TransactionKind Kind => TransactionKind.Issue;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        var asset = model.Assets[random.Next(model.Assets.Count)];
        if (asset.Issuer.Frozen || model.PickActive(random, other: null) is not { } to)
        {
            return null;
        }

        if (random.Happens(model.Habits.FaultPerMillion))
        {
            return Faulty(asset, to, model, nowMs, random);
        }

        var room = asset.Authorised - asset.Outstanding;
        return room <= 0
            ? null
            : Issue(asset, to, ClientModel.Part((room >> 4) + 1, random), model, nowMs, random);
    }

    public IntendedTransaction Issue(
        ClientAsset asset, ClientAccount to, Int128 amount, ClientModel model, ulong nowMs, SeededRandom random) =>
        Write(asset, to, to.Id, amount, Expectation.ShouldBeAccepted, "issue", model, nowMs, random);

    public void Reserve(ClientModel model, IntendedTransaction transaction)
    {
        var body = (Issue)transaction.Body;
        if (model.Find(body.Asset) is { } asset)
        {
            asset.Outstanding += (Int128)body.Amount.Units;
        }
    }

    public void Undo(ClientModel model, IntendedTransaction transaction)
    {
        var body = (Issue)transaction.Body;
        if (model.Find(body.Asset) is { } asset)
        {
            asset.Outstanding -= (Int128)body.Amount.Units;
        }
    }

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        var body = (Issue)transaction.Body;
        if (model.Find(body.Asset) is not { } asset)
        {
            return;
        }

        if (!transaction.Reserved)
        {
            Reserve(model, transaction);
        }

        if (model.Find(body.To) is { } to)
        {
            to.Free[asset.Index] += (Int128)body.Amount.Units;
        }
    }

    /// <summary>More is outstanding than was believed.</summary>
    public void Doubt(ClientModel model, IntendedTransaction transaction)
    {
        if (model.Find(((Issue)transaction.Body).Asset) is { } asset)
        {
            asset.Outstanding += (asset.Authorised - asset.Outstanding) >> 1;
        }
    }

    private IntendedTransaction Faulty(ClientAsset asset, ClientAccount to, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var most = (Int128)LedgerLimits.AuthorisedMax;
        var over = asset.Authorised - asset.Outstanding + 1 + random.Next(3);
        return random.Next(6) switch
        {
            0 => Write(asset, to, Unusable.Account, 1, Expectation.MayBeRejected, "account unknown", model, nowMs, random),
            1 => Write(asset, to, asset.IssuanceAccount, 1, Expectation.MayBeRejected, "to the issuance account", model, nowMs, random),
            2 when model.Frozen.Count > 0 => Frozen(asset, model, nowMs, random),
            3 => Write(asset, to, to.Id, most, Expectation.MayBeRejected, "the most there can be", model, nowMs, random),
            _ => Write(asset, to, to.Id, over < 1 || over > most ? most : over, Expectation.MayBeRejected, "more than authorised", model, nowMs, random),
        };
    }

    private IntendedTransaction Frozen(ClientAsset asset, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var to = model.Frozen[random.Next(model.Frozen.Count)];
        return Write(asset, to, to.Id, 1, Expectation.MayBeRejected, "to a frozen account", model, nowMs, random);
    }

    private IntendedTransaction Write(
        ClientAsset asset,
        ClientAccount to,
        AccountId toId,
        Int128 amount,
        Expectation expectation,
        string what,
        ClientModel model,
        ulong nowMs,
        SeededRandom random)
    {
        var signers = model.Signers.Clear().Add(asset.Issuer, random);
        if (to.ConsentRequired)
        {
            signers.Add(to, random);
        }

        var body = new Issue(asset.Id, toId, new Amount((UInt128)amount));
        return model.Writer.Write(this, body, signers, model.ValidUntil(nowMs, random), expectation, what);
    }
}
