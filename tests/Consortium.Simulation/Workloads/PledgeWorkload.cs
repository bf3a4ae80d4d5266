using Consortium.Ledger;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Pledges to deals that are made and signed beforehand, and to deals that never come.</summary>
/// <param name="deals">Makes the deals; sends them once their pledges stand.</param>
internal sealed class PledgeWorkload(DealWorkload deals) : IWorkload
{
    public TransactionKind Kind => TransactionKind.Pledge;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        if (model.Pledges.Count >= ClientModel.PledgesMax)
        {
            return null;
        }

        // Pledges heap up on some holdings, so that they meet the bound.
        var again = model.Pledges.Count > 0 && random.Next(3) == 0 ? model.Pledges[random.Next(Math.Min(2, model.Pledges.Count))] : null;
        var asset = again?.Asset ?? model.Assets[random.Next(model.Assets.Count)];
        var account = again?.Account ?? model.PickHolder(asset, random, other: null);
        if (account is null || account.Frozen || account.Free[asset.Index] <= 0 || model.PickActive(random, account) is not { } beneficiary)
        {
            return null;
        }

        return random.Happens(2 * model.Habits.FaultPerMillion)
            ? Faulty(account, asset, beneficiary, model, nowMs, random)
            : Good(account, asset, beneficiary, model, nowMs, random);
    }

    public void Reserve(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Pledge is { } pledge)
        {
            pledge.Account.Free[pledge.Asset.Index] -= pledge.Amount;
        }
    }

    public void Undo(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Pledge is { } pledge)
        {
            pledge.Account.Free[pledge.Asset.Index] += pledge.Amount;
        }
    }

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Pledge is not { } pledge)
        {
            return;
        }

        if (!transaction.Reserved)
        {
            Reserve(model, transaction);
        }

        model.Pledges.Add(pledge);
    }

    /// <summary>Less is held than was believed.</summary>
    public void Doubt(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Pledge is { } pledge)
        {
            pledge.Account.Free[pledge.Asset.Index] >>= 1;
        }
    }

    private IntendedTransaction Good(
        ClientAccount account, ClientAsset asset, ClientAccount beneficiary, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var amount = ClientModel.Part((account.Free[asset.Index] >> 2) + 1, random);
        var until = model.ValidUntil(nowMs, random);
        var deal = random.Next(4) == 0 ? null : deals.Prepare(account, beneficiary, asset, ClientModel.Part(amount, random), until, model, random);
        var expectation = model.CountPledges(account, asset) < LedgerLimits.PledgesMax - 1 ? Expectation.ShouldBeAccepted : Expectation.MayBeRejected;
        var pledge = new ClientPledge(account, asset, amount, deal?.Id ?? NoDeal(random), beneficiary, until, deal);
        var transaction = Write(Body(pledge), account, expectation, deal is null ? "for no deal" : "for a deal", model, nowMs, random);
        transaction.Pledge = pledge;
        return transaction;
    }

    private IntendedTransaction Faulty(
        ClientAccount account, ClientAsset asset, ClientAccount beneficiary, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var until = model.ValidUntil(nowMs, random);
        var good = new Pledge(account.Id, asset.Full, new Amount(1), NoDeal(random), beneficiary.Id, until);
        switch (random.Next(8))
        {
            case 0:
                return Write(good with { Beneficiary = Unusable.Account }, account, Expectation.MayBeRejected, "beneficiary unknown", model, nowMs, random);
            case 1:
                return Write(good with { Beneficiary = asset.IssuanceAccount }, account, Expectation.MayBeRejected, "for an issuance account", model, nowMs, random);
            case 2:
                return Write(good with { UntilMs = nowMs - 1 }, account, Expectation.MayBeRejected, "until the past", model, nowMs, random);
            case 3 when model.Frozen.Count > 0:
                var frozen = model.Frozen[random.Next(model.Frozen.Count)];
                return Write(good with { Account = frozen.Id }, frozen, Expectation.MayBeRejected, "account frozen", model, nowMs, random);
            case 4 or 5 when model.Pledges.Count > 0:
                var standing = model.Pledges[random.Next(model.Pledges.Count)];
                var body = Body(standing);
                return Write(body with { Amount = new Amount(1) }, standing.Account, Expectation.MayBeRejected, "pledged already", model, nowMs, random);
            case 6:
                var right = new Instrument(asset.Id, Right.Income, nowMs, until);
                return Write(good with { Instrument = right }, account, Expectation.MayBeRejected, "a right that nobody has", model, nowMs, random);
            default:
                var over = new Amount((UInt128)(account.Free[asset.Index] + 1));
                return Write(good with { Amount = over }, account, Expectation.MayBeRejected, "more than held", model, nowMs, random);
        }
    }

    private static TransactionId NoDeal(SeededRandom random)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        random.Fill(bytes);
        return new TransactionId(Digest.FromBytes(bytes));
    }

    private static Pledge Body(ClientPledge pledge) =>
        new(pledge.Account.Id, pledge.Asset.Full, new Amount((UInt128)pledge.Amount), pledge.Deal, pledge.Beneficiary.Id, pledge.UntilMs);

    private IntendedTransaction Write(
        Pledge body, ClientAccount account, Expectation expectation, string what, ClientModel model, ulong nowMs, SeededRandom random) =>
        model.Writer.Write(
            this, body, model.Signers.Clear().Add(account, random), model.ValidUntil(nowMs, random), expectation, what);
}
