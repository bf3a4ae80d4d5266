using System.Runtime.InteropServices;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Execution;

/// <summary>A balanced set of legs applied together (SPEC.md section 3): summed per account and instrument before anything is checked.</summary>
internal sealed class Posting(RuleContext context)
{
    private readonly List<NetLeg> _nets = new(4);

    /// <summary>Legs added, before summing.</summary>
    public int LegCount { get; private set; }

    /// <summary>Whether every account receives exactly what it gives.</summary>
    public bool MovesNothing => _nets.TrueForAll(net => net.Amount == 0);

    /// <summary>Checks that a holding covers what it gives, and names what is short or pledged.</summary>
    public static void RequireCovered(
        RuleContext context,
        AccountId account,
        Instrument instrument,
        Holding holding,
        Int128 given,
        string subject)
    {
        if (holding.Posted < given)
        {
            context.Reject(
                Rejection.Insufficient,
                subject,
                $"Give at most {holding.Posted} units, or receive {given - holding.Posted} more first.",
                new RejectionInput("account", account.ToString()),
                new RejectionInput("instrument", instrument.ToString()),
                new RejectionInput("held", RuleContext.Text(holding.Posted)),
                new RejectionInput("needed", RuleContext.Text(given)));
            return;
        }

        var pledged = (Int128)holding.PledgedToOthers(context.TransactionId, context.TimeMs).Units;
        if (holding.Posted - pledged < given)
        {
            var deals = holding.Pledges
                .Where(pledge => pledge.UntilMs > context.TimeMs && pledge.Deal != context.TransactionId)
                .Select(pledge => new RejectionInput("deal", pledge.Deal.ToString()));
            context.Reject(
                Rejection.PledgedToDeal,
                subject,
                $"Give at most {holding.Posted - pledged} units until a pledge ends or is released.",
                [
                    new RejectionInput("account", account.ToString()),
                    new RejectionInput("instrument", instrument.ToString()),
                    new RejectionInput("held", RuleContext.Text(holding.Posted)),
                    new RejectionInput("pledged", RuleContext.Text(pledged)),
                    new RejectionInput("needed", RuleContext.Text(given)),
                    .. deals,
                ]);
        }
    }

    /// <summary>Adds a leg to the account's sum.</summary>
    public void Add(Account account, Instrument instrument, Int128 amount)
    {
        LegCount++;
        for (var i = 0; i < _nets.Count; i++)
        {
            if (_nets[i].Account.Id == account.Id && _nets[i].Instrument == instrument)
            {
                _nets[i] = _nets[i] with { Amount = _nets[i].Amount + amount };
                return;
            }
        }

        _nets.Add(new NetLeg(account, instrument, amount, LegCount - 1));
    }

    /// <summary>Checks that every account that gives holds enough that is not pledged to other deals.</summary>
    /// <param name="subject">The part of the payload to name, or <see langword="null"/> for the account's first leg.</param>
    public void RequireCovered(string? subject = null)
    {
        foreach (var net in _nets)
        {
            if (net.Amount < 0 && !net.Account.IsIssuanceAccount)
            {
                RequireCovered(
                    context,
                    net.Account.Id,
                    net.Instrument,
                    context.Holding(net.Account.Id, net.Instrument),
                    -net.Amount,
                    subject ?? $"legs[{net.FirstLeg}]");
            }
        }
    }

    /// <summary>Writes the new holdings; what was checked must hold.</summary>
    /// <remarks>
    /// Units that stay with one beneficial owner carry their lots and destroy nothing. All others destroy the age of the
    /// oldest lots of the giver and become new lots of the receiver. Accounts are served in order of their ids.
    /// </remarks>
    public void Apply()
    {
        _nets.Sort(NetLeg.Order);
        for (var start = 0; start < _nets.Count;)
        {
            var end = start + 1;
            while (end < _nets.Count && _nets[end].Instrument == _nets[start].Instrument)
            {
                end++;
            }

            ApplyInstrument(CollectionsMarshal.AsSpan(_nets)[start..end]);
            start = end;
        }
    }

    private void ApplyInstrument(ReadOnlySpan<NetLeg> nets)
    {
        var sum = Int128.Zero;
        foreach (var net in nets)
        {
            sum += net.Amount;
        }

        Invariant.Holds(sum == 0);
        var carried = new List<CarriedLots>();
        foreach (var net in nets)
        {
            if (net.Amount < 0)
            {
                Give(net, OwnersReceipts(nets, net), carried);
            }
            else if (net.Amount == 0)
            {
                Rewrite(net, context.Holding(net.Account.Id, net.Instrument));
            }
        }

        foreach (var net in nets)
        {
            if (net.Amount > 0)
            {
                Receive(net, Find(carried, net.Account.Owner));
            }
        }
    }

    // How much of what this account gives its owner receives elsewhere, after the owner's accounts before it were served.
    private static UInt128 OwnersReceipts(ReadOnlySpan<NetLeg> nets, NetLeg giver)
    {
        var received = Int128.Zero;
        foreach (var net in nets)
        {
            if (net.Account.Owner == giver.Account.Owner && !net.Account.IsIssuanceAccount)
            {
                var isEarlierGiver = net.Amount < 0 && net.Account.Id.CompareTo(giver.Account.Id) < 0;
                received += net.Amount > 0 || isEarlierGiver ? net.Amount : 0;
            }
        }

        return received > 0 ? (UInt128)received : 0;
    }

    private void Give(NetLeg net, UInt128 ownersReceipts, List<CarriedLots> carried)
    {
        var holding = context.Holding(net.Account.Id, net.Instrument);
        if (net.Account.IsIssuanceAccount)
        {
            context.Put(net.Key, holding with { Posted = holding.Posted + net.Amount });
            return;
        }

        var given = (UInt128)(-net.Amount);
        var (kept, stay) = holding.Lots.Take(UInt128.Min(given, ownersReceipts));
        var (moved, rest) = stay.Take(given - UInt128.Min(given, ownersReceipts));
        Rewrite(net, holding with
        {
            Lots = rest,
            Destroyed = holding.Destroyed + Lots.Destroyed(moved, context.TimeSeconds),
        });
        if (kept.Length == 0)
        {
            return;
        }

        var own = Find(carried, net.Account.Owner);
        if (own is null)
        {
            own = new CarriedLots(net.Account.Owner);
            carried.Add(own);
        }

        own.Add(kept);
    }

    private static CarriedLots? Find(List<CarriedLots> carried, PartyId owner)
    {
        foreach (var lots in carried)
        {
            if (lots.Owner == owner)
            {
                return lots;
            }
        }

        return null;
    }

    private void Receive(NetLeg net, CarriedLots? carried)
    {
        var holding = context.Holding(net.Account.Id, net.Instrument);
        if (net.Account.IsIssuanceAccount)
        {
            context.Put(net.Key, holding with { Posted = holding.Posted + net.Amount });
            return;
        }

        var own = carried?.Take((UInt128)net.Amount) ?? [];
        var bought = (UInt128)net.Amount;
        foreach (var lot in own)
        {
            bought -= lot.Quantity;
        }

        var lots = own.Count == 0 ? holding.Lots : holding.Lots.Add(own);
        Rewrite(net, holding with { Lots = lots.Add(Lot.Acquired(bought, context.TimeSeconds)) });
    }

    // The deal uses up the pledges that were made to it, and those whose time has passed are dropped on the way.
    private void Rewrite(NetLeg net, Holding holding)
    {
        var posted = holding.Posted + net.Amount;
        Invariant.Holds(posted >= 0 && holding.Lots.Quantity == (UInt128)posted);
        context.Put(net.Key, holding with
        {
            Posted = posted,
            Pledges = holding.Pledges.Count == 0
                ? holding.Pledges
                : [.. holding.Pledges.Where(pledge => pledge.UntilMs > context.TimeMs && pledge.Deal != context.TransactionId)],
        });
    }

    private readonly record struct NetLeg(Account Account, Instrument Instrument, Int128 Amount, int FirstLeg)
    {
        public StateKey Key => StateKey.Holding(Account.Id, Instrument);

        public static int Order(NetLeg left, NetLeg right)
        {
            var order = left.Instrument.CompareTo(right.Instrument);
            return order != 0 ? order : left.Account.Id.CompareTo(right.Account.Id);
        }
    }
}
