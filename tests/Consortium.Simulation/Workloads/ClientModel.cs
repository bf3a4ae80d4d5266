using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>The ledger as the clients of one run believe it to be.</summary>
/// <remarks>
/// Answers get lost, so it may be wrong; then transactions are rejected or refused, and the model doubts what it believed.
/// What a transaction gives is taken off when it is sent, so that transactions on their way do not stand in each other's way.
/// Lists keep the order in which things came; the dictionaries are never enumerated.
/// </remarks>
internal sealed class ClientModel
{
    /// <summary>Assets that clients keep in mind; the room of every account's holdings.</summary>
    public const int AssetsMax = 24;

    /// <summary>Pledges that clients keep in mind.</summary>
    public const int PledgesMax = 128;

    private readonly Dictionary<AccountId, ClientAccount> _accountById = [];
    private readonly Dictionary<AssetId, ClientAsset> _assetById = [];
    private readonly int[][] _memberKeys;
    private readonly Dictionary<PublicKey, int> _placeOfKey = [];

    public ClientModel(Genesis genesis, ClientHabits habits)
    {
        Genesis = genesis;
        Habits = habits;
        Writer = new TransactionWriter(genesis.Network);
        for (var i = 0; i < DrawnAuthority.FirstKey + DrawnAuthority.KeysMax; i++)
        {
            // Keys are made when first asked for: those of members that this genesis lacks are not.
            if (i < 2 * genesis.Members.Count || i >= DrawnAuthority.FirstKey)
            {
                _placeOfKey[SimulatedKeys.At(i).PublicKey] = i;
            }
        }

        _memberKeys = new int[genesis.Members.Count][];
        for (var i = 0; i < _memberKeys.Length; i++)
        {
            _memberKeys[i] = Places(genesis.Members[i].Authority);
        }
    }

    public Genesis Genesis { get; }

    public ClientHabits Habits { get; }

    public TransactionWriter Writer { get; }

    /// <summary>For the workload that is making a transaction; cleared by each.</summary>
    public SignerSet Signers { get; } = new();

    /// <summary>For the workload that is making a deal; cleared by each.</summary>
    public DealLegs Legs { get; } = new();

    /// <summary>Accounts believed to be open, in the order of the answers; the first ones are the hot ones.</summary>
    public List<ClientAccount> Accounts { get; } = [];

    /// <summary>Assets believed to be registered, in the order of the answers.</summary>
    public List<ClientAsset> Assets { get; } = [];

    /// <summary>Pledges believed to stand.</summary>
    public List<ClientPledge> Pledges { get; } = [];

    /// <summary>Accounts believed to be frozen.</summary>
    public List<ClientAccount> Frozen { get; } = [];

    /// <summary>Most accounts that the clients keep in mind; further ones are forgotten after they are opened.</summary>
    public int AccountsMax => 3 * Habits.Accounts;

    public ClientAccount? Find(AccountId id) => _accountById.GetValueOrDefault(id);

    public ClientAsset? Find(AssetId id) => _assetById.GetValueOrDefault(id);

    /// <summary>All keys of a member's authority: as many sign as there are, whatever the threshold.</summary>
    public int[] KeysOfMember(int member) => _memberKeys[member];

    /// <summary>An account, hot ones more often.</summary>
    public ClientAccount PickAccount(SeededRandom random) =>
        random.Happens(Habits.HotPerMillion)
            ? Accounts[random.Next(Math.Min(Habits.HotAccounts, Accounts.Count))]
            : Accounts[random.Next(Accounts.Count)];

    /// <summary>An account believed not to be frozen; <paramref name="other"/> is not picked.</summary>
    public ClientAccount? PickActive(SeededRandom random, ClientAccount? other)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var account = PickAccount(random);
            if (!account.Frozen && account != other)
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>An account believed to have something of an asset to give.</summary>
    public ClientAccount? PickHolder(ClientAsset asset, SeededRandom random, ClientAccount? other)
    {
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var account = PickAccount(random);
            if (!account.Frozen && account != other && account.Free[asset.Index] > 0)
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>Draws the end of a transaction's validity.</summary>
    public ulong ValidUntil(ulong nowMs, SeededRandom random)
    {
        var most = (long)Habits.ValidityMs;
        return nowMs + (ulong)random.Next((most / 2) + 1, most + 2);
    }

    /// <summary>From 1 to a maximum, small parts more often.</summary>
    public static Int128 Part(Int128 most, SeededRandom random)
    {
        var bound = most >> random.Next(12);
        return bound <= 1 ? 1
            : bound <= long.MaxValue / 2 ? random.Next(1, (long)bound + 1)
            : bound - (bound >> (1 + random.Next(20)));
    }

    /// <summary>Remembers an account whose opening was believed.</summary>
    public void Believe(ClientAccount account)
    {
        if (account.IsOpen || Accounts.Count >= AccountsMax)
        {
            return;
        }

        account.IsOpen = true;
        _accountById[account.Id] = account;
        Accounts.Add(account);
    }

    /// <summary>Remembers an asset whose registration was believed.</summary>
    public void Believe(ClientAsset asset)
    {
        if (asset.Index < 0 && Assets.Count < AssetsMax)
        {
            asset.Index = Assets.Count;
            _assetById[asset.Id] = asset;
            Assets.Add(asset);
        }
    }

    public void BelieveFrozen(ClientAccount account, bool frozen)
    {
        if (account.Frozen == frozen)
        {
            return;
        }

        account.Frozen = frozen;
        if (frozen)
        {
            Frozen.Add(account);
        }
        else
        {
            Frozen.Remove(account);
        }
    }

    /// <summary>Makes the units of pledges that have ended free again.</summary>
    public void EndPledges(ulong nowMs)
    {
        for (var i = Pledges.Count - 1; i >= 0; i--)
        {
            var pledge = Pledges[i];
            if (pledge.UntilMs <= nowMs)
            {
                pledge.Account.Free[pledge.Asset.Index] += pledge.Amount;
                Pledges.RemoveAt(i);
            }
        }
    }

    /// <summary>Pledges believed to stand on one holding.</summary>
    public int CountPledges(ClientAccount account, ClientAsset asset)
    {
        var count = 0;
        foreach (var pledge in Pledges)
        {
            count += pledge.Account == account && pledge.Asset == asset ? 1 : 0;
        }

        return count;
    }

    public void OnSent(IntendedTransaction transaction)
    {
        if (transaction is { TimesSent: 0, CopyOf: null, Expectation: Expectation.ShouldBeAccepted })
        {
            transaction.Reserved = true;
            transaction.Workload.Reserve(this, transaction);
        }

        transaction.TimesSent++;
        if (transaction.Belief == Belief.NotSent)
        {
            transaction.Belief = Belief.Sent;
        }
    }

    /// <summary>Records that a transaction was accepted; only the first answer counts, whichever copy it is for.</summary>
    public void OnAccepted(IntendedTransaction answered)
    {
        var transaction = answered.CopyOf ?? answered;
        if (transaction.Belief != Belief.Accepted)
        {
            transaction.Belief = Belief.Accepted;
            transaction.Workload.Apply(this, transaction);
        }
    }

    /// <summary>Records that the ledger rejected a transaction.</summary>
    public void OnRejected(IntendedTransaction answered)
    {
        var transaction = answered.CopyOf ?? answered;
        if (transaction.Belief == Belief.Sent)
        {
            End(transaction, Belief.Rejected);
            if (transaction.Expectation == Expectation.ShouldBeAccepted)
            {
                transaction.Workload.Doubt(this, transaction);
            }
        }
    }

    /// <summary>Records that a transaction was refused. The same transaction may still be accepted when it is sent again.</summary>
    public void OnRefused(IntendedTransaction answered)
    {
        if (answered is { CopyOf: null, Belief: Belief.Sent })
        {
            End(answered, Belief.Refused);
        }
    }

    /// <summary>Records that no answer came, or none that tells the outcome.</summary>
    public void OnLost(IntendedTransaction answered)
    {
        if (answered is not { CopyOf: null, Belief: Belief.Sent })
        {
            return;
        }

        if (answered.Workload.AssumedWhenLost && answered.Expectation == Expectation.ShouldBeAccepted)
        {
            OnAccepted(answered);
        }
        else
        {
            answered.Belief = Belief.Lost;
        }
    }

    /// <summary>Corrects the model's account from one that was read.</summary>
    public void OnRead(Account read)
    {
        if (Find(read.Id) is not { } account)
        {
            return;
        }

        BelieveFrozen(account, read.Frozen);
        var keys = Places(read.Authority);
        if (!keys.AsSpan().SequenceEqual(account.Keys))
        {
            account.EndRotation(keys, (int)read.Authority.Threshold);
        }
    }

    /// <summary>Corrects the model's holding from one that was read. Transactions under way are ignored, so the model may err both ways.</summary>
    public void OnRead(AccountId id, AssetId assetId, Holding read, ulong nowMs)
    {
        if (Find(id) is { } account && Find(assetId) is { } asset)
        {
            account.Free[asset.Index] = read.Posted - (Int128)read.PledgedToOthers(default, nowMs).Units;
        }
    }

    private void End(IntendedTransaction transaction, Belief belief)
    {
        transaction.Belief = belief;
        if (transaction.Reserved)
        {
            transaction.Reserved = false;
            transaction.Workload.Undo(this, transaction);
        }
    }

    private int[] Places(Authority authority)
    {
        var places = new int[authority.Keys.Count];
        for (var i = 0; i < places.Length; i++)
        {
            Invariant.Holds(_placeOfKey.TryGetValue(authority.Keys[i], out places[i]));
        }

        return places;
    }
}
