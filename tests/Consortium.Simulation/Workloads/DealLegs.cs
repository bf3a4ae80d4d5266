using Consortium.Ledger;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>The legs of the deal that is being made, with the accounts that sign; used for one deal after another.</summary>
internal sealed class DealLegs
{
    /// <summary>Legs of the largest deal.</summary>
    public const int Most = LedgerLimits.DealLegsMax;

    private readonly List<DealLeg> _legs = new(16);
    private readonly List<ClientAccount?> _accounts = new(16);

    public int Count => _legs.Count;

    /// <summary>Accounts that do not sign though they should.</summary>
    public ClientAccount? Unsigned { get; set; }

    /// <summary>An account that signs with the keys that were replaced.</summary>
    public ClientAccount? SignsByReplacedKeys { get; set; }

    public DealLeg this[int index]
    {
        get => _legs[index];
        set => _legs[index] = value;
    }

    /// <summary>Whether every account receives what it gives.</summary>
    public bool MovesNothing
    {
        get
        {
            foreach (var leg in _legs)
            {
                var net = Int128.Zero;
                foreach (var other in _legs)
                {
                    net += other.Account == leg.Account && other.Instrument == leg.Instrument ? other.Amount : 0;
                }

                if (net != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public void Clear()
    {
        _legs.Clear();
        _accounts.Clear();
        (Unsigned, SignsByReplacedKeys) = (null, null);
    }

    public ClientAccount? AccountOf(int index) => _accounts[index];

    /// <summary>Adds a leg; without an account there is no signature for it.</summary>
    public void Add(DealLeg leg, ClientAccount? account)
    {
        _legs.Add(leg);
        _accounts.Add(account);
    }

    public void Move(ClientAccount giver, ClientAccount receiver, ClientAsset asset, Int128 amount)
    {
        Add(new DealLeg(giver.Id, asset.Full, -amount), giver);
        Add(new DealLeg(receiver.Id, asset.Full, amount), receiver);
    }

    /// <summary>Units that an account can still give, after those that these legs give already.</summary>
    public Int128 Left(ClientAccount account, ClientAsset asset)
    {
        var left = account.Free[asset.Index];
        for (var i = 0; i < _legs.Count; i++)
        {
            if (_accounts[i] == account && _legs[i].Amount < 0 && _legs[i].Instrument == asset.Full)
            {
                left += _legs[i].Amount;
            }
        }

        return left;
    }

    public DealLeg[] ToArray() => [.. _legs];

    /// <summary>The signers of all accounts that give, and of those that receive only by consent.</summary>
    public SignerSet Signers(ClientModel model, SeededRandom random)
    {
        var signers = model.Signers.Clear();
        for (var i = 0; i < _legs.Count; i++)
        {
            if (_accounts[i] is not { } account || account == Unsigned || (_legs[i].Amount > 0 && !account.ConsentRequired) || IsEarlier(i))
            {
                continue;
            }

            if (account == SignsByReplacedKeys)
            {
                signers.AddAll(account.ReplacedKeys);
            }
            else
            {
                signers.Add(account, random);
            }
        }

        return signers;
    }

    private bool IsEarlier(int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (_accounts[i] == _accounts[index] && (_legs[i].Amount < 0 || _accounts[i]!.ConsentRequired))
            {
                return true;
            }
        }

        return false;
    }
}
