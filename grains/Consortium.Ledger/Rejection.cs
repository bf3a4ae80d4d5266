namespace Consortium.Ledger;

/// <summary>The ledger's recorded no: the rule that a transaction broke.</summary>
/// <remarks>
/// Numbers are permanent. Members are declared in order of precedence: a transaction that breaks several rules lists
/// them in this order. Each rule's sentence is in <see cref="RejectionText"/>, its checks are found by searching for the name.
/// </remarks>
public enum Rejection
{
    /// <summary>No member has this id.</summary>
    MemberUnknown = 100,

    /// <summary>No account has this id.</summary>
    AccountUnknown = 101,

    /// <summary>No asset has this id.</summary>
    AssetUnknown = 102,

    /// <summary>The account is open already.</summary>
    AccountExists = 103,

    /// <summary>The asset is registered already.</summary>
    AssetExists = 104,

    /// <summary>The threshold or the keys of an authority are not usable.</summary>
    AuthorityInvalid = 110,

    /// <summary>The asset's name is empty or too long.</summary>
    NameInvalid = 111,

    /// <summary>The asset's kind is not one of the known ones.</summary>
    AssetKindUnknown = 112,

    /// <summary>The asset has more decimals than can be displayed.</summary>
    DecimalsTooMany = 113,

    /// <summary>The authorised amount is zero or too large.</summary>
    AuthorisedOutOfRange = 114,

    /// <summary>The ISIN does not pass its check digit.</summary>
    IsinInvalid = 115,

    /// <summary>The currency code is not in ISO 4217.</summary>
    CurrencyUnknown = 116,

    /// <summary>The decimals differ from the currency's minor units.</summary>
    CurrencyDecimalsDiffer = 117,

    /// <summary>The finality an asset asks for is not one of the known levels.</summary>
    FinalityUnknown = 118,

    /// <summary>An instrument's right and interval do not go together.</summary>
    InstrumentInvalid = 120,

    /// <summary>The account is an asset's issuance account, which only issue and retire may touch.</summary>
    IssuanceAccountReserved = 121,

    /// <summary>A deal has no legs, or its legs cancel out.</summary>
    DealMovesNothing = 122,

    /// <summary>A deal has more legs than one transaction may touch.</summary>
    DealLegsTooMany = 123,

    /// <summary>The legs of an instrument do not sum to zero.</summary>
    DealUnbalanced = 124,

    /// <summary>A required text is empty or too long.</summary>
    TextInvalid = 125,

    /// <summary>An authority's signers used a key that has been replaced.</summary>
    SignedByRotatedKey = 130,

    /// <summary>Fewer of an authority's keys signed than its threshold asks.</summary>
    SignaturesInsufficient = 131,

    /// <summary>An account that receives only by consent did not sign.</summary>
    ConsentMissing = 132,

    /// <summary>The account is frozen.</summary>
    AccountFrozen = 133,

    /// <summary>More would be outstanding than was authorised.</summary>
    AuthorisedExceeded = 140,

    /// <summary>The account does not hold enough.</summary>
    Insufficient = 141,

    /// <summary>The account holds enough, but part of it is pledged to other deals.</summary>
    PledgedToDeal = 142,

    /// <summary>The pledge would have ended before it was made.</summary>
    PledgeExpired = 150,

    /// <summary>The holding has a pledge to this deal already.</summary>
    PledgeExists = 151,

    /// <summary>The holding carries as many pledges as it may.</summary>
    PledgesTooMany = 152,

    /// <summary>The holding has no pledge to this deal.</summary>
    PledgeUnknown = 153,

    /// <summary>The account is already in the state that was asked for.</summary>
    FreezeUnchanged = 160,
}
