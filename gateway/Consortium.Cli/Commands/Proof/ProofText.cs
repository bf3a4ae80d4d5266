using System.Globalization;
using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Client;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Verification;

namespace Consortium.Cli.Commands;

/// <summary>Prints the facts that a checked proof shows.</summary>
internal static class ProofText
{
    public static VerbResult Result(string path, ProofReport report)
    {
        var json = new JsonObject
        {
            ["file"] = path,
            ["network"] = report.Network.ToString(),
            ["networkName"] = report.NetworkName,
            ["height"] = report.Header.Height,
            ["blockHash"] = report.Header.Hash.ToString(),
            ["timeMs"] = report.Header.TimeMs,
            ["blocksOnTop"] = report.BlocksOnTop,
            ["final"] = report.IsFinal,
        };
        var facts = new List<(string Name, string Value)>
        {
            ("Network", $"{report.Network} ({report.NetworkName})"),
            ("Block", string.Create(CultureInfo.InvariantCulture, $"{report.Header.Height}, {report.Header.Hash}")),
            ("Time", Timestamps.Text(report.Header.TimeMs)),
            ("Buried", string.Create(CultureInfo.InvariantCulture, $"{report.BlocksOnTop} blocks on top{(report.IsFinal ? ": final" : string.Empty)}")),
        };
        if (report.Key is { } key)
        {
            AddState(json, facts, key, report.Value);
        }
        else if (report.Receipt is { } receipt)
        {
            AddTransaction(json, facts, report, receipt);
        }

        return new VerbResult(json, console => console.Facts(facts));
    }

    private static void AddState(JsonObject json, List<(string Name, string Value)> facts, StateKey key, StateValue? value)
    {
        json["present"] = value is not null;
        if (key.Kind != StateKind.Holding)
        {
            facts.Add((key.Kind.ToString(), value?.ToString() ?? "is not there"));
            return;
        }

        var account = new AccountId(key.Owner).ToString();
        json["account"] = account;
        json["instrument"] = key.Instrument.ToString();
        facts.Add(("Account", account));
        facts.Add(("Instrument", key.Instrument.ToString()));
        if (value is Holding holding)
        {
            var posted = holding.Posted.ToString(CultureInfo.InvariantCulture);
            json["posted"] = posted;
            facts.Add(("Posted", posted + " smallest units"));
        }
        else
        {
            facts.Add(("Posted", "the account has never held any"));
        }
    }

    private static void AddTransaction(
        JsonObject json,
        List<(string Name, string Value)> facts,
        ProofReport report,
        Ledger.Wire.Receipt receipt)
    {
        var rejections = receipt.Outcome?.Rejections.Select(RejectionResponse.From).ToList() ?? [];
        var outcome = rejections.Count == 0 ? ReceiptOutcome.Accepted : ReceiptOutcome.Rejected;
        json["transactionId"] = report.Transaction?.ToString();
        json["outcome"] = EnumText.Write(outcome);
        json["rejections"] = new JsonArray([.. rejections.Select(rejection => (JsonNode)rejection.Name)]);
        facts.Add(("Transaction", report.Transaction?.ToString() ?? string.Empty));
        facts.Add(("Outcome", EnumText.Write(outcome)));
        facts.AddRange(rejections.Select(rejection => ("Rule that failed", $"{rejection.Name}: {rejection.Rule}")));
    }
}
