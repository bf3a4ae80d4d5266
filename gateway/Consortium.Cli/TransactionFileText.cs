using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Transactions;
using Consortium.Ledger.Transactions;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>Prints a transaction file, from its payload alone.</summary>
internal static class TransactionFileText
{
    public static VerbResult Result(string path, TransactionFile file)
    {
        var json = file.Meaning();
        json["file"] = path;
        json["signers"] = new JsonArray([.. file.Signers.Select(key => (JsonNode)key.ToString())]);
        return new VerbResult(json, console => Show(console, path, file));
    }

    private static void Show(IAnsiConsole console, string path, TransactionFile file)
    {
        console.Facts(
        [
            ("File", path),
            ("Transaction", file.Id.ToString()),
            ("Kind", TransactionJson.NameOf(file.Body.Kind)),
            ("Network", file.Network.ToString()),
            ("Valid until", Timestamps.Text(file.ValidUntilMs)),
            ("Signed by", file.Signers.Count == 0 ? "nobody yet" : string.Join('\n', file.Signers)),
        ]);
        if (file.Body is Deal deal)
        {
            console.Facts([("Reference", deal.Reference)]);
            console.Rows(
                "No legs yet; add them with 'consortium deal leg'.",
                ["Account", "Instrument", "Gives (-) or receives, in smallest units"],
                [.. deal.Legs.Select(leg => (IReadOnlyList<string>)
                [
                    leg.Account.ToString(),
                    leg.Instrument.ToString(),
                    leg.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ])]);
        }
        else
        {
            console.WriteLine(TransactionJson.Write(file.Body).ToJsonString());
        }
    }
}
