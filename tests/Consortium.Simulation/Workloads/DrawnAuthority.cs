using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Signatures;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>An authority of keys from the pool: mostly one key, else m of up to five.</summary>
internal static class DrawnAuthority
{
    /// <summary>Keys that accounts share between them; few enough that several accounts have one key.</summary>
    public const int KeysMax = 256;

    /// <summary>Place in the pool of the first key that no member has.</summary>
    public const int FirstKey = 2 * LedgerLimits.MembersMax;

    public static int[] Keys(ClientHabits habits, SeededRandom random)
    {
        var count = random.Happens(habits.SeveralKeysPerMillion) ? 2 + random.Next(4) : 1;
        var (first, step) = (random.Next(KeysMax), 1 + random.Next(16));
        var keys = new int[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = FirstKey + ((first + (i * step)) % KeysMax);
        }

        return keys;
    }

    public static Authority Of(int[] keys, SeededRandom random)
    {
        var publicKeys = new PublicKey[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            publicKeys[i] = SimulatedKeys.At(keys[i]).PublicKey;
        }

        return new Authority((uint)(1 + random.Next(keys.Length)), publicKeys);
    }
}
