using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Retires a small part of what an account holds, and sometimes more than it holds.</summary>
internal sealed class RetireWorkload : IWorkload
{
    public TransactionKind Kind => TransactionKind.Retire;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        var asset = model.Assets[random.Next(model.Assets.Count)];
        if (model.PickHolder(asset, random, other: null) is not { } from)
        {
            return null;
        }

        return random.Happens(model.Habits.FaultPerMillion)
            ? Faulty(asset, from, model, nowMs, random)
            : Write(asset, from, asset.Id, from.Id, ClientModel.Part((from.Free[asset.Index] >> 3) + 1, random), Expectation.ShouldBeAccepted, "retire", model, nowMs, random);
    }

    public void Reserve(ClientModel model, IntendedTransaction transaction) => Move(model, transaction, sign: -1);

    public void Undo(ClientModel model, IntendedTransaction transaction) => Move(model, transaction, sign: 1);

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        var body = (Retire)transaction.Body;
        if (!transaction.Reserved)
        {
            Move(model, transaction, sign: -1);
        }

        if (model.Find(body.Asset) is { } asset)
        {
            asset.Outstanding -= (Int128)body.Amount.Units;
        }
    }

    /// <summary>Less is held than was believed.</summary>
    public void Doubt(ClientModel model, IntendedTransaction transaction)
    {
        var body = (Retire)transaction.Body;
        if (model.Find(body.Asset) is { } asset && model.Find(body.From) is { } from)
        {
            from.Free[asset.Index] >>= 1;
        }
    }

    private static void Move(ClientModel model, IntendedTransaction transaction, int sign)
    {
        var body = (Retire)transaction.Body;
        if (model.Find(body.Asset) is { } asset && model.Find(body.From) is { } from)
        {
            from.Free[asset.Index] += sign * (Int128)body.Amount.Units;
        }
    }

    private IntendedTransaction Faulty(ClientAsset asset, ClientAccount from, ClientModel model, ulong nowMs, SeededRandom random) => random.Next(5) switch
    {
        0 => Write(asset, from, Unusable.Asset, from.Id, 1, Expectation.MayBeRejected, "asset unknown", model, nowMs, random),
        1 => Write(asset, from, asset.Id, Unusable.Account, 1, Expectation.MayBeRejected, "account unknown", model, nowMs, random),
        2 => Write(asset, from, asset.Id, asset.IssuanceAccount, 1, Expectation.MayBeRejected, "from the issuance account", model, nowMs, random),
        _ => Write(asset, from, asset.Id, from.Id, from.Free[asset.Index] + 1 + random.Next(50), Expectation.MayBeRejected, "more than held", model, nowMs, random),
    };

    private IntendedTransaction Write(
        ClientAsset asset,
        ClientAccount from,
        AssetId assetId,
        AccountId fromId,
        Int128 amount,
        Expectation expectation,
        string what,
        ClientModel model,
        ulong nowMs,
        SeededRandom random)
    {
        var body = new Retire(assetId, fromId, new Amount((UInt128)amount));
        var signers = model.Signers.Clear().Add(from, random).Add(asset.Issuer, random);
        return model.Writer.Write(this, body, signers, model.ValidUntil(nowMs, random), expectation, what);
    }
}
