using System.CommandLine;
using System.Globalization;
using Consortium.Ledger;
using Consortium.Ledger.Identifiers;
using Consortium.Ledger.Ids;

namespace Consortium.Cli;

/// <summary>Options and arguments that name something on the ledger.</summary>
internal static class Ids
{
    private const string AnAccount = "an account id (acc1…); check for a missing or mistyped character";
    private const string AnAsset = "an asset id (ast1…); check for a missing or mistyped character";
    private const string ATransaction = "a transaction id (tx1…); check for a missing or mistyped character";
    private const string AMember = "a member id (mem1…) or an LEI of 20 characters with correct check digits";
    private const string AParty = "a party id (pty1…), a member id (mem1…) or a member's LEI";

    public static Argument<AccountId> AccountArgument(string description) =>
        Typed.Argument<AccountId>("ACCOUNT", description, AccountId.TryParse, AnAccount);

    public static Argument<AssetId> AssetArgument(string description) =>
        Typed.Argument<AssetId>("ASSET", description, AssetId.TryParse, AnAsset);

    public static Argument<TransactionId> TransactionArgument(string description) =>
        Typed.Argument<TransactionId>("TRANSACTION", description, TransactionId.TryParse, ATransaction);

    public static Argument<PartyId> PartyArgument(string description) =>
        Typed.Argument<PartyId>("PARTY", description, TryParseParty, AParty);

    public static Option<AccountId> Account(string name, string description) =>
        Typed.Option<AccountId>(name, "ACCOUNT", description, AccountId.TryParse, AnAccount);

    public static Option<AssetId> Asset(string name, string description) =>
        Typed.Option<AssetId>(name, "ASSET", description, AssetId.TryParse, AnAsset);

    public static Option<TransactionId> Transaction(string name, string description) =>
        Typed.Option<TransactionId>(name, "TRANSACTION", description, TransactionId.TryParse, ATransaction);

    public static Option<MemberId> Member(string name, string description) =>
        Typed.Option<MemberId>(name, "MEMBER", description, TryParseMember, AMember);

    public static Option<PartyId> Party(string name, string description) =>
        Typed.Option<PartyId>(name, "PARTY", description, TryParseParty, AParty);

    public static Option<Digest> Hash(string name, string helpName, string description) =>
        Typed.Option<Digest>(name, helpName, description, TryParseHash, "64 hexadecimal digits");

    public static Option<ulong?> Height(string name, string description) =>
        Typed.Option<ulong?>(name, "HEIGHT", description, TryParseHeight, "a block height, a whole number from 0");

    private static bool TryParseMember(string? text, out MemberId id)
    {
        if (Lei.TryParse(text, out _) && text is not null)
        {
            id = Derive.Member(text);
            return true;
        }

        return MemberId.TryParse(text, out id);
    }

    private static bool TryParseParty(string? text, out PartyId id)
    {
        if (TryParseMember(text, out var member))
        {
            id = Derive.Party(member);
            return true;
        }

        return PartyId.TryParse(text, out id);
    }

    private static bool TryParseHash(string? text, out Digest digest)
    {
        digest = default;
        return text is not null && Digest.TryParseHex(text, out digest);
    }

    private static bool TryParseHeight(string? text, out ulong? height)
    {
        var read = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        height = read ? value : null;
        return read;
    }
}
