namespace Consortium.Ledger;

/// <summary>The rule behind each rejection, in one sentence that a person can act on.</summary>
public static class RejectionText
{
    /// <summary>The rule that the transaction broke, in the words of SPEC.md section 9.</summary>
    /// <param name="rejection">The rejection.</param>
    /// <returns>One sentence.</returns>
    public static string Rule(this Rejection rejection) => rejection switch
    {
        Rejection.MemberUnknown => "The custodian must be a member of the network.",
        Rejection.AccountUnknown => "Every account named must have been opened.",
        Rejection.AssetUnknown => "Every asset named must have been registered.",
        Rejection.AccountExists => "An account is opened once; change the salt to open another for the same owner.",
        Rejection.AssetExists => "An asset is registered once; an asset with another definition has another id.",
        Rejection.AuthorityInvalid => "An authority has 1 to 16 different valid keys, and a threshold from 1 to their number.",
        Rejection.NameInvalid => "An asset's name has 1 to 100 UTF-8 bytes.",
        Rejection.AssetKindUnknown => "An asset has one of the known kinds.",
        Rejection.DecimalsTooMany => "An asset has at most 18 decimals.",
        Rejection.AuthorisedOutOfRange => "An asset's authorised amount is between 1 and 2^96 - 1 smallest units.",
        Rejection.IsinInvalid => "An ISIN has 12 characters and a correct check digit (ISO 6166).",
        Rejection.CurrencyUnknown => "A currency code is an active code of ISO 4217.",
        Rejection.CurrencyDecimalsDiffer => "A currency's decimals are its minor units in ISO 4217.",
        Rejection.FinalityUnknown => "The finality of an asset is ordered, sealed or final.",
        Rejection.InstrumentInvalid => "A full right has no interval; any other right has one that ends after it begins.",
        Rejection.IssuanceAccountReserved => "Only issue and retire move units on an asset's issuance account.",
        Rejection.DealMovesNothing => "A deal must move something from one account to another.",
        Rejection.DealLegsTooMany => "A deal has at most 256 legs.",
        Rejection.DealUnbalanced => "The legs of each instrument sum to zero.",
        Rejection.TextInvalid => "A reference has at most 140 UTF-8 bytes; a reason has 1 to 140.",
        Rejection.SignedByRotatedKey => "Only the keys of the account's present authority count.",
        Rejection.SignaturesInsufficient => "An account that gives must be signed for by as many of its authority's keys as the threshold asks.",
        Rejection.ConsentMissing => "An account that receives only by consent must sign for what it receives.",
        Rejection.AccountFrozen => "A frozen account neither gives nor receives until its custodian unfreezes it.",
        Rejection.AuthorisedExceeded => "No more may be outstanding than the asset's authorised amount.",
        Rejection.Insufficient => "An account gives at most what it holds.",
        Rejection.PledgedToDeal => "What is pledged to one deal cannot be given in another until it is released or the pledge ends.",
        Rejection.PledgeExpired => "A pledge ends after it is made.",
        Rejection.PledgeExists => "A holding carries one pledge per deal.",
        Rejection.PledgesTooMany => "A holding carries at most 16 pledges at a time.",
        Rejection.PledgeUnknown => "Only a pledge that has been made and has not ended can be released.",
        Rejection.FreezeUnchanged => "Freezing needs an account that is not frozen, unfreezing one that is.",
    };
}
