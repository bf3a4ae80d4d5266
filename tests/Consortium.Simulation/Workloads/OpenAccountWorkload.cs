using System.Globalization;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Opens accounts: several of one owner, some with several keys, some that receive by consent only.</summary>
internal sealed class OpenAccountWorkload : IWorkload
{
    public TransactionKind Kind => TransactionKind.OpenAccount;

    /// <summary>A missing account spoils every deal with it, so clients send the transaction again.</summary>
    public bool AssumedWhenLost => false;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        if (random.Happens(2 * model.Habits.FaultPerMillion))
        {
            return Faulty(model, nowMs, random);
        }

        var owner = random.Next(model.Habits.Owners);
        return Open(Plan(model, owner, random), model, nowMs, random);
    }

    /// <summary>Decides on an account of one of the run's owners; an owner's accounts may be with several custodians.</summary>
    public static ClientAccount Plan(ClientModel model, int owner, SeededRandom random)
    {
        var members = model.Genesis.Members;
        var member = random.Next(members.Count);
        var party = Derive.Party(members[owner % members.Count].Id, owner.ToString(CultureInfo.InvariantCulture));
        var keys = DrawnAuthority.Keys(model.Habits, random);
        var salt = random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture);
        var consent = random.Happens(model.Habits.ConsentPerMillion);
        return new ClientAccount(new OpenAccount(members[member].Id, party, DrawnAuthority.Of(keys, random), consent, salt), member, keys);
    }

    public IntendedTransaction Open(ClientAccount account, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var transaction = Write(account.Body, account.Member, Expectation.ShouldBeAccepted, "open", model, nowMs, random);
        transaction.Opens = account;
        return transaction;
    }

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Opens is { } account)
        {
            model.Believe(account);
        }
    }

    /// <summary>An account whose opening was rejected against expectation is open already.</summary>
    public void Doubt(ClientModel model, IntendedTransaction transaction) => Apply(model, transaction);

    private IntendedTransaction Faulty(ClientModel model, ulong nowMs, SeededRandom random)
    {
        var known = model.Accounts[random.Next(model.Accounts.Count)];
        return random.Next(4) switch
        {
            0 => Write(known.Body with { Custodian = Unusable.Member }, known.Member, Expectation.MustBeRefused, "member unknown", model, nowMs, random),
            1 => Write(known.Body, known.Member, Expectation.MayBeRejected, "open already", model, nowMs, random),
            _ => Write(
                known.Body with { Authority = Unusable.Authority(known.Body.Authority, random) },
                known.Member,
                Expectation.MayBeRejected,
                "authority unusable",
                model,
                nowMs,
                random),
        };
    }

    private IntendedTransaction Write(
        OpenAccount body, int member, Expectation expectation, string what, ClientModel model, ulong nowMs, SeededRandom random) =>
        model.Writer.Write(
            this, body, model.Signers.Clear().AddAll(model.KeysOfMember(member)), model.ValidUntil(nowMs, random), expectation, what);
}
