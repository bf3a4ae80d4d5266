using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Gateway.Errors;

/// <summary>Reads parameters of paths and queries.</summary>
internal static class Parameters
{
    public static AccountId Account(string text) => AccountId.TryParse(text, out var id) ? id : throw NotAn("account id (acc1…)", text);

    public static AssetId Asset(string text) => AssetId.TryParse(text, out var id) ? id : throw NotAn("asset id (ast1…)", text);

    public static Instrument Instrument(string text) =>
        InstrumentText.TryParse(text, out var instrument) ? instrument : throw NotAn("instrument (ast1… or ast1…:use:FROM-UNTIL)", text);

    public static TransactionId Transaction(string text) =>
        TransactionId.TryParse(text, out var id) ? id : throw NotAn("transaction id (tx1…)", text);

    public static PartyId Party(string text)
    {
        if (MemberId.TryParse(text, out var member))
        {
            return Derive.Party(member);
        }

        return PartyId.TryParse(text, out var id) ? id : throw NotAn("party id (pty1… or mem1…)", text);
    }

    /// <summary>A number of rows.</summary>
    public static int Limit(int? limit, int byDefault, int max)
    {
        var value = limit ?? byDefault;
        return value >= 1 && value <= max
            ? value
            : throw new RefusalException(Refusal.ParameterInvalid, $"limit must be from 1 to {max}; it is {value}.");
    }

    private static RefusalException NotAn(string expected, string text) =>
        new(Refusal.ParameterInvalid, $"'{Shorten(text)}' is not an {expected}, or its checksum is wrong.");

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
