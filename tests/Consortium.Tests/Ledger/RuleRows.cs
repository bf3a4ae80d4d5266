using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using static Consortium.Ledger.Rejection;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Ledger;

/// <summary>Every way to break the rules that the ledger knows, by kind and in order of precedence.</summary>
internal static class RuleRows
{
    private static readonly AccountId Nobody = new(Digest.Sha256("nobody"u8));
    private static readonly AssetId Nothing = new(Digest.Sha256("nothing"u8));
    private static readonly MemberId Stranger = new(Digest.Sha256("stranger"u8));

    public static IReadOnlyList<RuleRow> All { get; } =
    [
        .. OpenAccountRows(), .. RotateKeysRows(), .. RegisterAssetRows(), .. IssueRows(), .. RetireRows(), .. DealRows(), .. PledgeRows(), .. ReleaseRows(), .. SetFreezeRows(),
    ];

    private static IEnumerable<RuleRow> OpenAccountRows() =>
    [
        Row<OpenAccount>("custodian unknown", body => body with { Custodian = Stranger }, (MemberUnknown, "custodian")),
        new(
            TransactionKind.OpenAccount,
            "opened before",
            (ledger, good) =>
            {
                ledger.Accept(good.Body, good.Signers);
                return good;
            },
            (AccountExists, string.Empty)),
        Row<OpenAccount>("no keys", body => body with { Authority = new(1, []) }, (AuthorityInvalid, "authority")),
        Row<OpenAccount>("threshold 0", body => body with { Authority = body.Authority with { Threshold = 0 } }, (AuthorityInvalid, "authority")),
        Row<OpenAccount>("threshold above n", body => body with { Authority = body.Authority with { Threshold = 3 } }, (AuthorityInvalid, "authority")),
        Row<OpenAccount>("threshold 2^32 - 1", body => body with { Authority = body.Authority with { Threshold = uint.MaxValue } }, (AuthorityInvalid, "authority")),
        Row<OpenAccount>("key twice", body => body with { Authority = new(1, [Keys.Of("erin"), Keys.Of("erin")]) }, (AuthorityInvalid, "authority")),
        Row<OpenAccount>("key off the curve", body => body with { Authority = Authority.Single(new PublicKey(Nobody.Digest, Nobody.Digest)) }, (AuthorityInvalid, "authority")),
        Row<OpenAccount>("not signed by the custodian", "house", (SignaturesInsufficient, "custodian")),
        new(
            TransactionKind.OpenAccount,
            "everything",
            (_, good) => good.With<OpenAccount>(body => body with { Custodian = Stranger, Authority = new(1, []) }).SignedBy("erin"),
            (MemberUnknown, "custodian"),
            (AuthorityInvalid, "authority")),
    ];

    private static IEnumerable<RuleRow> RotateKeysRows() =>
    [
        Row<RotateKeys>("account unknown", body => body with { Account = Nobody }, (AccountUnknown, "account")),
        Row<RotateKeys>("authority of nobody", body => body with { Authority = new(0, []) }, (AuthorityInvalid, "authority")),
        Row<RotateKeys>("issuance account", (ledger, body) => body with { Account = Issuance(ledger, "eur") }, ["issuer"], (IssuanceAccountReserved, "account")),
        new(
            TransactionKind.RotateKeys,
            "signed by a key rotated away",
            (ledger, good) =>
            {
                ledger.Accept(good.Body, good.Signers);
                return good;
            },
            (SignedByRotatedKey, "account"),
            (SignaturesInsufficient, "account")),
        Row<RotateKeys>("signed by another", "bob", (SignaturesInsufficient, "account")),
        Row<RotateKeys>("signed by the new key only", "alice new", (SignaturesInsufficient, "account")),
    ];

    private static IEnumerable<RuleRow> RegisterAssetRows() =>
    [
        Define("issuer unknown", definition => definition with { Issuer = Nobody }, (AccountUnknown, "definition.issuer")),
        new(
            TransactionKind.RegisterAsset,
            "registered before",
            (ledger, good) =>
            {
                ledger.Accept(good.Body, good.Signers);
                return good;
            },
            (AssetExists, string.Empty)),
        Define("no name", definition => definition with { Name = string.Empty }, (NameInvalid, "definition.name")),
        Define("name of 101 bytes", definition => definition with { Name = new string('a', 99) + "é" }, (NameInvalid, "definition.name")),
        Define("no kind", definition => definition with { Kind = Wire.AssetKind.Unspecified }, (AssetKindUnknown, "definition.kind")),
        Define("kind 8", definition => definition with { Kind = (Wire.AssetKind)8 }, (AssetKindUnknown, "definition.kind")),
        Define("kind -1", definition => definition with { Kind = (Wire.AssetKind)(-1) }, (AssetKindUnknown, "definition.kind")),
        Define("19 decimals", definition => definition with { Decimals = 19 }, (DecimalsTooMany, "definition.decimals")),
        Define("nothing authorised", definition => definition with { Authorised = default }, (AuthorisedOutOfRange, "definition.authorised")),
        Define("2^96 authorised", definition => definition with { Authorised = new Amount(UInt128.One << 96) }, (AuthorisedOutOfRange, "definition.authorised")),
        Define("ISIN's check digit", definition => definition with { Isin = "US0378331006" }, (IsinInvalid, "definition.isin")),
        Define("withdrawn currency", definition => definition with { Currency = "DEM" }, (CurrencyUnknown, "definition.currency")),
        Define("small letters", definition => definition with { Currency = "eur" }, (CurrencyUnknown, "definition.currency")),
        Define("yen with decimals", definition => definition with { Currency = "JPY" }, (CurrencyDecimalsDiffer, "definition.decimals")),
        Define("finality 4", definition => definition with { Finality = (Wire.FinalityLevel)4 }, (FinalityUnknown, "definition.finality")),
        Define("finality -1", definition => definition with { Finality = (Wire.FinalityLevel)(-1) }, (FinalityUnknown, "definition.finality")),
        Row<RegisterAsset>(
            "issued by an issuance account",
            (ledger, body) => new(body.Definition with { Issuer = Issuance(ledger, "eur") }),
            ["issuer"],
            (IssuanceAccountReserved, "definition.issuer")),
        Row<RegisterAsset>("not signed by the issuer", "bank", (SignaturesInsufficient, "definition.issuer")),
        new(
            TransactionKind.RegisterAsset,
            "issuer frozen",
            (ledger, good) => Freeze(ledger, good, "issuer"),
            (AccountFrozen, "definition.issuer")),
        Define(
            "everything about it",
            definition => new AssetDefinition(definition.Issuer, string.Empty, Wire.AssetKind.Unspecified, 19, default, "x", "x", default, (Wire.FinalityLevel)4),
            (NameInvalid, "definition.name"),
            (AssetKindUnknown, "definition.kind"),
            (DecimalsTooMany, "definition.decimals"),
            (AuthorisedOutOfRange, "definition.authorised"),
            (IsinInvalid, "definition.isin"),
            (CurrencyUnknown, "definition.currency"),
            (FinalityUnknown, "definition.finality")),
    ];

    private static IEnumerable<RuleRow> IssueRows() =>
    [
        Row<Issue>("account unknown", body => body with { To = Nobody }, (AccountUnknown, "to")),
        Row<Issue>("asset unknown", body => body with { Asset = Nothing }, (AssetUnknown, "asset")),
        Row<Issue>("to an issuance account", (ledger, body) => body with { To = Issuance(ledger, "eur") }, ["issuer"], (IssuanceAccountReserved, "to")),
        Row<Issue>("to another asset's issuance account", (ledger, body) => body with { To = Issuance(ledger, "rec") }, ["issuer"], (IssuanceAccountReserved, "to")),
        Row<Issue>("not signed by the issuer", "bob", (SignaturesInsufficient, "asset.issuer")),
        Row<Issue>("without consent", (ledger, body) => body with { To = ledger.Accounts["carol"] }, ["issuer"], (ConsentMissing, "to")),
        new(TransactionKind.Issue, "issuer frozen", (ledger, good) => Freeze(ledger, good, "issuer"), (AccountFrozen, "asset.issuer")),
        new(TransactionKind.Issue, "receiver frozen", (ledger, good) => Freeze(ledger, good, "bob"), (AccountFrozen, "to")),
        Row<Issue>("one more than authorised", body => body with { Amount = new Amount(1_000_000 - 1_300 + 1) }, (AuthorisedExceeded, "amount")),
        Row<Issue>("as much as fits", body => body with { Amount = new Amount(LedgerLimits.AuthorisedMax) }, (AuthorisedExceeded, "amount")),
        new(
            TransactionKind.Issue,
            "everything",
            (ledger, good) => Freeze(ledger, good, "carol")
                .With<Issue>(body => body with { To = ledger.Accounts["carol"], Amount = new Amount(1_000_000) }).SignedBy("bob"),
            (SignaturesInsufficient, "asset.issuer"),
            (ConsentMissing, "to"),
            (AccountFrozen, "to"),
            (AuthorisedExceeded, "amount")),
    ];

    private static IEnumerable<RuleRow> RetireRows() =>
    [
        Row<Retire>("account unknown", body => body with { From = Nobody }, (AccountUnknown, "from")),
        Row<Retire>("asset unknown", body => body with { Asset = Nothing }, (AssetUnknown, "asset")),
        Row<Retire>("from an issuance account", (ledger, body) => body with { From = Issuance(ledger, "eur") }, ["issuer"], (IssuanceAccountReserved, "from")),
        Row<Retire>("not signed by the holder", "issuer", (SignaturesInsufficient, "from")),
        Row<Retire>("not signed by the issuer", "alice", (SignaturesInsufficient, "asset.issuer")),
        new(TransactionKind.Retire, "holder frozen", (ledger, good) => Freeze(ledger, good, "alice"), (AccountFrozen, "from")),
        Row<Retire>("one more than held", body => body with { Amount = new Amount(1_001) }, (Insufficient, "amount")),
        Row<Retire>("as much as fits", body => body with { Amount = new Amount(LedgerLimits.AuthorisedMax) }, (Insufficient, "amount")),
        new(
            TransactionKind.Retire,
            "part is pledged",
            (ledger, good) => Pledged(ledger, good).With<Retire>(body => body with { Amount = new Amount(701) }),
            (PledgedToDeal, "amount")),
    ];

    private static IEnumerable<RuleRow> DealRows() =>
    [
        Legs("account unknown", (_, legs) => [legs[0], legs[1] with { Account = Nobody }, .. legs[2..]], (AccountUnknown, "legs[1].account")),
        Legs(
            "asset unknown",
            (ledger, legs) => [.. legs, new(ledger.Accounts["alice"], Instrument.Full(Nothing), 1), new(ledger.Accounts["bob"], Instrument.Full(Nothing), -1)],
            (AssetUnknown, "legs[4].instrument.asset"),
            (AssetUnknown, "legs[5].instrument.asset")),
        Legs(
            "full right with an interval",
            (_, legs) => [.. legs[..2], legs[2] with { Instrument = legs[2].Instrument with { UntilMs = 9 } }, legs[3] with { Instrument = legs[3].Instrument with { UntilMs = 9 } }],
            (InstrumentInvalid, "legs[2].instrument"),
            (InstrumentInvalid, "legs[3].instrument"),
            (Insufficient, "legs[2]")),
        Legs(
            "right without an interval",
            (_, legs) => [.. legs[..2], legs[2] with { Instrument = legs[2].Instrument with { Right = Right.Use } }, legs[3] with { Instrument = legs[3].Instrument with { Right = Right.Use } }],
            (InstrumentInvalid, "legs[2].instrument"),
            (InstrumentInvalid, "legs[3].instrument"),
            (Insufficient, "legs[2]")),
        Legs(
            "right 4",
            (_, legs) => [.. legs[..2], .. legs[2..].Select(leg => leg with { Instrument = new(leg.Instrument.Asset, (Right)4, 1, 2) })],
            (InstrumentInvalid, "legs[2].instrument"),
            (InstrumentInvalid, "legs[3].instrument"),
            (Insufficient, "legs[2]")),
        Legs(
            "issuance account gives",
            (ledger, legs) => [legs[0] with { Account = Issuance(ledger, "eur") }, .. legs[1..]],
            (IssuanceAccountReserved, "legs[0].account")),
        Row<Deal>("no legs", body => body with { Legs = [] }, (DealMovesNothing, "legs")),
        Legs("legs cancel", (ledger, _) => [ledger.Leg("alice", "eur", -5), ledger.Leg("alice", "eur", 5)], (DealMovesNothing, "legs")),
        Legs(
            "257 legs",
            (ledger, _) => [.. Enumerable.Range(0, 257).Select(i => ledger.Leg("alice", "eur", i % 2 == 0 ? -1 : 1))],
            (DealLegsTooMany, "legs")),
        Legs("one unit too many", (_, legs) => [legs[0], legs[1] with { Amount = 601 }, .. legs[2..]], (DealUnbalanced, "legs")),
        Legs("only gives", (_, legs) => [legs[0]], (DealUnbalanced, "legs")),
        Row<Deal>("reference of 141 bytes", body => body with { Reference = new string('r', 139) + "é" }, (TextInvalid, "reference")),
        new(
            TransactionKind.Deal,
            "signed by a rotated key",
            (ledger, good) =>
            {
                ledger.Accept(GoodTransactions.Of(TransactionKind.RotateKeys, ledger).Body, "alice");
                return good;
            },
            (SignedByRotatedKey, "legs[0].account"),
            (SignaturesInsufficient, "legs[0].account")),
        Row<Deal>("one giver did not sign", "bob", (SignaturesInsufficient, "legs[0].account")),
        Row<Deal>("nobody signed", "house", (SignaturesInsufficient, "legs[0].account"), (SignaturesInsufficient, "legs[2].account")),
        new(
            TransactionKind.Deal,
            "one of two keys signed",
            (ledger, good) => new(good.With<Deal>(body => body with { Legs = [ledger.Leg("dora", "eur", -1), ledger.Leg("bob", "eur", 1)] }).Body, "dora2"),
            (SignaturesInsufficient, "legs[0].account")),
        Legs(
            "no consent",
            (ledger, legs) => [legs[0], legs[1] with { Account = ledger.Accounts["carol"] }, .. legs[2..]],
            (ConsentMissing, "legs[1].account")),
        new(TransactionKind.Deal, "giver frozen", (ledger, good) => Freeze(ledger, good, "alice"), (AccountFrozen, "legs[0].account"), (AccountFrozen, "legs[3].account")),
        Legs("one unit more than held", (_, legs) => [legs[0] with { Amount = -1_001 }, legs[1] with { Amount = 1_001 }, .. legs[2..]], (Insufficient, "legs[0]")),
        Legs(
            "two legs of one account, each covered, together not",
            (ledger, legs) => [.. legs, ledger.Leg("alice", "eur", -600), ledger.Leg("bob", "eur", 600)],
            (Insufficient, "legs[0]")),
        new(
            TransactionKind.Deal,
            "pledged to another",
            (ledger, good) => Pledged(ledger, good).With<Deal>(body => body with { Legs = [ledger.Leg("alice", "eur", -701), ledger.Leg("bob", "eur", 701)] }),
            (PledgedToDeal, "legs[0]")),
        new(
            TransactionKind.Deal,
            "everything",
            (ledger, good) => Freeze(ledger, good, "carol").With<Deal>(_ => new Deal(
                [
                    ledger.Leg("alice", "eur", -2_000),
                    ledger.Leg("carol", "eur", 1_999),
                    new(Issuance(ledger, "rec"), ledger.Instrument("rec"), -5),
                    new(ledger.Accounts["bob"], ledger.Instrument("rec") with { FromMs = 1 }, 5),
                ],
                new string('r', 141))).SignedBy("house"),
            (InstrumentInvalid, "legs[3].instrument"),
            (IssuanceAccountReserved, "legs[2].account"),
            (DealUnbalanced, "legs"),
            (DealUnbalanced, "legs"),
            (DealUnbalanced, "legs"),
            (TextInvalid, "reference"),
            (SignaturesInsufficient, "legs[0].account"),
            (ConsentMissing, "legs[1].account"),
            (AccountFrozen, "legs[1].account"),
            (Insufficient, "legs[0]")),
        new(
            TransactionKind.Deal,
            "legs cancel and nobody signed",
            (ledger, good) => good.With<Deal>(body => body with { Legs = [ledger.Leg("alice", "eur", -5), ledger.Leg("alice", "eur", 5)] }).SignedBy("house"),
            (DealMovesNothing, "legs"),
            (SignaturesInsufficient, "legs[0].account")),
    ];

    private static IEnumerable<RuleRow> PledgeRows() =>
    [
        Row<Pledge>("account unknown", body => body with { Account = Nobody }, (AccountUnknown, "account")),
        Row<Pledge>("beneficiary unknown", body => body with { Beneficiary = Nobody }, (AccountUnknown, "beneficiary")),
        Row<Pledge>("issuance account", (ledger, body) => body with { Account = Issuance(ledger, "eur") }, ["issuer"], (IssuanceAccountReserved, "account")),
        Row<Pledge>("for an issuance account", (ledger, body) => body with { Beneficiary = Issuance(ledger, "eur") }, ["alice"], (IssuanceAccountReserved, "beneficiary")),
        Row<Pledge>("not signed by the holder", "bob", (SignaturesInsufficient, "account")),
        new(TransactionKind.Pledge, "holder frozen", (ledger, good) => Freeze(ledger, good, "alice"), (AccountFrozen, "account")),
        Row<Pledge>("one more than held", body => body with { Amount = new Amount(1_001) }, (Insufficient, "amount")),
        Row<Pledge>("as much as fits", body => body with { Amount = new Amount(LedgerLimits.AuthorisedMax) }, (Insufficient, "amount")),
        new(
            TransactionKind.Pledge,
            "part is pledged",
            (ledger, good) => Pledged(ledger, good).With<Pledge>(body => body with { Amount = new Amount(701), Deal = new(Nobody.Digest) }),
            (PledgedToDeal, "amount")),
        Row<Pledge>("until now", body => body with { UntilMs = LedgerFixture.StartMs }, (PledgeExpired, "until_ms")),
        Row<Pledge>("until nothing", body => body with { UntilMs = 0 }, (PledgeExpired, "until_ms")),
        new(TransactionKind.Pledge, "pledged to the same deal", Pledged, (PledgeExists, "deal")),
        new(
            TransactionKind.Pledge,
            "17 pledges",
            (ledger, good) =>
            {
                for (var i = 0; i < LedgerLimits.PledgesMax; i++)
                {
                    var pledge = good.With<Pledge>(body => body with { Amount = new Amount(1), Deal = new(Digest.Sha256([(byte)i])) });
                    ledger.Accept(pledge.Body, pledge.Signers);
                }

                return good;
            },
            (PledgesTooMany, "account")),
        new(
            TransactionKind.Pledge,
            "everything",
            (ledger, good) => Pledged(ledger, Freeze(ledger, good, "bob")).With<Pledge>(body => body with { UntilMs = 1, Amount = new Amount(2_000) }).SignedBy("bank"),
            (SignaturesInsufficient, "account"),
            (Insufficient, "amount"),
            (PledgeExpired, "until_ms"),
            (PledgeExists, "deal")),
    ];

    private static IEnumerable<RuleRow> ReleaseRows() =>
    [
        Row<Release>("account unknown", body => body with { Account = Nobody }, (AccountUnknown, "account"), (PledgeUnknown, "deal")),
        Row<Release>("not signed by the beneficiary", "alice", (SignaturesInsufficient, "beneficiary")),
        Row<Release>("another deal", body => body with { Deal = new(Nobody.Digest) }, (PledgeUnknown, "deal")),
        Row<Release>("another instrument", (ledger, body) => body with { Instrument = ledger.Instrument("rec") }, ["bob"], (PledgeUnknown, "deal")),
        new(
            TransactionKind.Release,
            "ended",
            (ledger, good) =>
            {
                ledger.TimeMs += 60_000;
                return good;
            },
            (PledgeUnknown, "deal")),
        new(
            TransactionKind.Release,
            "released before",
            (ledger, good) =>
            {
                ledger.Accept(good.Body, good.Signers);
                return good;
            },
            (PledgeUnknown, "deal")),
    ];

    private static IEnumerable<RuleRow> SetFreezeRows() =>
    [
        Row<SetFreeze>("account unknown", body => body with { Account = Nobody }, (AccountUnknown, "account")),
        Row<SetFreeze>("issuance account", (ledger, body) => body with { Account = Issuance(ledger, "eur") }, ["bank"], (IssuanceAccountReserved, "account")),
        Row<SetFreeze>("no reason", body => body with { Reason = string.Empty }, (TextInvalid, "reason")),
        Row<SetFreeze>("reason of 141 bytes", body => body with { Reason = new string('r', 141) }, (TextInvalid, "reason")),
        Row<SetFreeze>("not signed by the custodian", "house", (SignaturesInsufficient, "account.custodian")),
        Row<SetFreeze>("signed by the holder", "bob", (SignaturesInsufficient, "account.custodian")),
        Row<SetFreeze>("not frozen", body => body with { Frozen = false }, (FreezeUnchanged, "frozen")),
        new(TransactionKind.SetFreeze, "frozen before", (ledger, good) => Freeze(ledger, good, "bob"), (FreezeUnchanged, "frozen")),
        new(
            TransactionKind.SetFreeze,
            "everything",
            (_, good) => good.With<SetFreeze>(body => body with { Frozen = false, Reason = string.Empty }).SignedBy("bob"),
            (TextInvalid, "reason"),
            (SignaturesInsufficient, "account.custodian"),
            (FreezeUnchanged, "frozen")),
    ];

    private static RuleRow Row<TBody>(string what, Func<TBody, TBody> change, params (Rejection Code, string Subject)[] expected)
        where TBody : TransactionBody =>
        new(Enum.Parse<TransactionKind>(typeof(TBody).Name), what, (_, good) => good.With(change), expected);

    private static RuleRow Row<TBody>(
        string what, Func<LedgerFixture, TBody, TBody> change, string[] signers, params (Rejection Code, string Subject)[] expected)
        where TBody : TransactionBody =>
        new(
            Enum.Parse<TransactionKind>(typeof(TBody).Name),
            what,
            (ledger, good) => good.With<TBody>(body => change(ledger, body)).SignedBy(signers),
            expected);

    private static RuleRow Row<TBody>(string what, string signer, params (Rejection Code, string Subject)[] expected)
        where TBody : TransactionBody =>
        new(Enum.Parse<TransactionKind>(typeof(TBody).Name), what, (_, good) => good.SignedBy(signer), expected);

    private static RuleRow Define(
        string what, Func<AssetDefinition, AssetDefinition> change, params (Rejection Code, string Subject)[] expected) =>
        Row<RegisterAsset>(what, body => new(change(body.Definition)), expected);

    private static RuleRow Legs(
        string what, Func<LedgerFixture, DealLeg[], DealLeg[]> change, params (Rejection Code, string Subject)[] expected) =>
        Row<Deal>(what, (ledger, body) => body with { Legs = change(ledger, [.. body.Legs]) }, ["alice", "bob"], expected);

    private static AccountId Issuance(LedgerFixture ledger, string asset) => Derive.IssuanceAccount(ledger.Assets[asset]);

    private static Attempt Freeze(LedgerFixture ledger, Attempt good, string account)
    {
        ledger.Accept(new SetFreeze(ledger.Accounts[account], Frozen: true, "court order"), "bank");
        return good;
    }

    private static Attempt Pledged(LedgerFixture ledger, Attempt good)
    {
        var pledge = GoodTransactions.Of(TransactionKind.Pledge, ledger);
        ledger.Accept(pledge.Body, pledge.Signers);
        return good;
    }
}
