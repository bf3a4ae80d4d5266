using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Identifiers;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Google.Protobuf;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of registering an asset (SPEC.md section 3.3).</summary>
internal sealed class RegisterAssetRules : KindRules<RegisterAsset>
{
    public override TransactionKind Kind => TransactionKind.RegisterAsset;

    public override string Name => "register_asset";

    internal static Wire.AssetDefinition ToWire(AssetDefinition definition) => new()
    {
        Issuer = WireForm.From(definition.Issuer.Digest),
        Name = definition.Name,
        Kind = definition.Kind,
        Decimals = definition.Decimals,
        Authorised = WireForm.From(definition.Authorised),
        Isin = definition.Isin,
        Currency = definition.Currency,
        TermsHash = definition.TermsHash.IsZero ? ByteString.Empty : WireForm.From(definition.TermsHash),
        Finality = definition.Finality,
    };

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form)
    {
        if (payload.RegisterAsset is not { } body)
        {
            return null;
        }

        var wire = body.Definition ?? new Wire.AssetDefinition();
        if (!AmountBytes.TryReadUnsigned(wire.Authorised.Span, out var authorised))
        {
            form.Note("register_asset.definition.authorised must be an unsigned number in shortest big-endian form");
        }

        return new RegisterAsset(new AssetDefinition(
            new AccountId(form.Digest(wire.Issuer, "register_asset.definition.issuer")),
            wire.Name,
            wire.Kind,
            wire.Decimals,
            new Amount(authorised),
            wire.Isin,
            wire.Currency,
            form.DigestOrNone(wire.TermsHash, "register_asset.definition.terms_hash"),
            wire.Finality));
    }

    protected override void Write(RegisterAsset body, Wire.Payload payload) =>
        payload.RegisterAsset = new Wire.RegisterAsset { Definition = ToWire(body.Definition) };

    protected override void DeclareReads(RegisterAsset body, ICollection<StateKey> reads)
    {
        var id = body.AssetId;
        reads.Add(StateKey.Asset(id));
        reads.Add(StateKey.Account(body.Definition.Issuer));
    }

    protected override void Execute(RegisterAsset body, RuleContext context)
    {
        var (id, definition) = (body.AssetId, body.Definition);
        var issuer = context.RequireAccount(definition.Issuer, "definition.issuer");
        if (context.Asset(id) is not null)
        {
            context.Reject(
                Rejection.AssetExists,
                string.Empty,
                "Use the asset that is registered, or change the definition.",
                new RejectionInput("asset", id.ToString()));
        }

        CheckDefinition(definition, context);
        if (issuer is not null)
        {
            if (issuer.IsIssuanceAccount)
            {
                context.RejectIssuanceAccount(issuer, "definition.issuer");
            }

            context.RequireSigned(issuer, "definition.issuer");
            context.RequireNotFrozen(issuer, "definition.issuer");
        }

        if (context.Rejected || issuer is null)
        {
            return;
        }

        // From here the transaction must succeed.
        var issuance = Derive.IssuanceAccount(id);
        context.Put(StateKey.Asset(id), new Asset(id, definition));
        context.Put(
            StateKey.Account(issuance),
            new Account(issuance, issuer.Custodian, issuer.Owner, issuer.Authority, [], Frozen: false, ConsentRequired: false, id));
    }

    private static void CheckDefinition(AssetDefinition definition, RuleContext context)
    {
        var nameBytes = System.Text.Encoding.UTF8.GetByteCount(definition.Name);
        if (nameBytes is 0 or > LedgerLimits.NameBytesMax)
        {
            context.Reject(
                Rejection.NameInvalid,
                "definition.name",
                "Give a name of 1 to 100 UTF-8 bytes.",
                new RejectionInput("bytes", RuleContext.Text(nameBytes)));
        }

        if (definition.Kind is <= Wire.AssetKind.Unspecified or > Wire.AssetKind.Other)
        {
            context.Reject(
                Rejection.AssetKindUnknown,
                "definition.kind",
                "Name one of the known kinds; 'other' where none fits.",
                new RejectionInput("kind", RuleContext.Text((long)definition.Kind)));
        }

        if (definition.Decimals > LedgerLimits.DecimalsMax)
        {
            context.Reject(
                Rejection.DecimalsTooMany,
                "definition.decimals",
                "Use at most 18 decimals.",
                new RejectionInput("decimals", RuleContext.Text(definition.Decimals)));
        }

        if (definition.Authorised.IsZero || definition.Authorised.Units > LedgerLimits.AuthorisedMax)
        {
            context.Reject(
                Rejection.AuthorisedOutOfRange,
                "definition.authorised",
                $"Authorise between 1 and {LedgerLimits.AuthorisedMax} units.",
                new RejectionInput("authorised", definition.Authorised.ToString()));
        }

        CheckIdentifiers(definition, context);
        if (definition.Finality is < Wire.FinalityLevel.Unspecified or > Wire.FinalityLevel.Final)
        {
            context.Reject(
                Rejection.FinalityUnknown,
                "definition.finality",
                "Name ordered, sealed or final.",
                new RejectionInput("finality", RuleContext.Text((long)definition.Finality)));
        }
    }

    private static void CheckIdentifiers(AssetDefinition definition, RuleContext context)
    {
        if (definition.Isin.Length > 0 && !Isin.TryParse(definition.Isin, out _))
        {
            context.Reject(
                Rejection.IsinInvalid,
                "definition.isin",
                "Correct the ISIN, or leave it empty.",
                new RejectionInput("isin", Shorten(definition.Isin)));
        }

        if (definition.Currency.Length == 0)
        {
            return;
        }

        if (!CurrencyCode.TryParse(definition.Currency, out var currency))
        {
            context.Reject(
                Rejection.CurrencyUnknown,
                "definition.currency",
                "Use an active ISO 4217 code, or leave it empty.",
                new RejectionInput("currency", Shorten(definition.Currency)));
        }
        else if (currency.MinorUnits is { } minorUnits && minorUnits != definition.Decimals)
        {
            context.Reject(
                Rejection.CurrencyDecimalsDiffer,
                "definition.decimals",
                $"Use {minorUnits} decimals.",
                new RejectionInput("currency", definition.Currency),
                new RejectionInput("minor_units", RuleContext.Text(minorUnits)),
                new RejectionInput("decimals", RuleContext.Text(definition.Decimals)));
        }
    }

    // A rejection is recorded for ever, so its quotes are bounded; the cut is between characters, because half of one cannot be encoded.
    private static string Shorten(string text)
    {
        if (text.Length <= 20)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[19]) ? 19 : 20;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
