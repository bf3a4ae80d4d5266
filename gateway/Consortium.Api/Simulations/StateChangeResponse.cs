namespace Consortium.Api;

/// <summary>One value that a transaction would replace; exactly one of the last three is there.</summary>
/// <param name="Id">The account or asset.</param>
/// <param name="Holding">What the account would hold of one instrument.</param>
/// <param name="Account">The account as it would be.</param>
/// <param name="Asset">The asset's definition.</param>
public sealed record StateChangeResponse(
    string Id,
    BalanceLine? Holding = null,
    AccountResponse? Account = null,
    AssetDefinitionJson? Asset = null);
