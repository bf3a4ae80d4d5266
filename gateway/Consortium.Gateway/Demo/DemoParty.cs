using Consortium.Client.Keys;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Demo;

/// <summary>A member that takes part in the scenario, with the one account it uses.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Id">The member.</param>
/// <param name="Key">Its authority key, which signs for its account too.</param>
internal sealed record DemoParty(string Name, MemberId Id, SigningKey Key)
{
    /// <summary>The request that opens the account.</summary>
    public OpenAccount OpenAccount { get; } = new(
        Id,
        Derive.Party(Id),
        Authority.Single(Key.PublicKey),
        ConsentRequired: false,
        Salt: string.Empty);

    /// <summary>The account.</summary>
    public AccountId Account => OpenAccount.AccountId;
}
