using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Simulation.Workloads;

/// <summary>An account as the clients believe it to be.</summary>
/// <param name="body">The transaction that opens the account.</param>
/// <param name="member">Place of the custodian among the members.</param>
/// <param name="keys">Places of its keys in the pool.</param>
internal sealed class ClientAccount(OpenAccount body, int member, int[] keys)
{
    public AccountId Id { get; } = body.AccountId;

    public OpenAccount Body => body;

    public int Member => member;

    public PartyId Owner => body.Owner;

    public bool ConsentRequired => body.ConsentRequired;

    public bool IsOpen { get; set; }

    public bool Frozen { get; set; }

    public int[] Keys { get; private set; } = keys;

    public int Threshold { get; private set; } = (int)body.Authority.Threshold;

    /// <summary>Keys of a rotation without an answer yet; clients sign with both sets until they know.</summary>
    public int[] OtherKeys { get; private set; } = [];

    public int OtherThreshold { get; private set; }

    /// <summary>The keys that the last rotation replaced.</summary>
    public int[] ReplacedKeys { get; private set; } = [];

    /// <summary>Units of each asset that the account can give: held, not pledged, and not given by a transaction under way.</summary>
    public Int128[] Free { get; } = new Int128[ClientModel.AssetsMax];

    /// <summary>Whether keys that signed suffice, as far as is known.</summary>
    public bool SignedBy(ReadOnlySpan<int> signers)
    {
        var count = 0;
        foreach (var key in Keys)
        {
            count += signers.Contains(key) ? 1 : 0;
        }

        return count >= Threshold && OtherKeys.Length == 0;
    }

    public void BeginRotation(int[] newKeys, int threshold) => (OtherKeys, OtherThreshold) = (newKeys, threshold);

    public void EndRotation(int[] newKeys, int threshold)
    {
        ReplacedKeys = Keys;
        (Keys, Threshold) = (newKeys, threshold);
        EndRotation();
    }

    public void EndRotation() => (OtherKeys, OtherThreshold) = ([], 0);
}
