using System.Globalization;
using Consortium.Api;
using Consortium.Client;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>Prints a receipt with every rule that failed.</summary>
internal static class ReceiptText
{
    /// <summary>Shows a receipt; anything but an accepted transaction is a failure.</summary>
    public static VerbResult Result(ReceiptResponse receipt, (string Name, string Value)? made)
    {
        var json = VerbResult.ToJson(receipt);
        if (made is { } known && receipt.Outcome == ReceiptOutcome.Accepted)
        {
            json[known.Name] = known.Value;
        }

        return new VerbResult(json, console => Show(console, receipt, made)) { Failure = FailureOf(receipt) };
    }

    public static void Show(IAnsiConsole console, ReceiptResponse receipt, (string Name, string Value)? made)
    {
        var facts = new List<(string Name, string Value)>
        {
            ("Transaction", receipt.TransactionId ?? string.Empty),
            ("Outcome", EnumText.Write(receipt.Outcome) + (receipt.Duplicate ? " (submitted before; this is its first receipt)" : string.Empty)),
        };
        if (made is { } known && receipt.Outcome == ReceiptOutcome.Accepted)
        {
            facts.Add((known.Name[..1].ToUpperInvariant() + known.Name[1..], known.Value));
        }

        if (receipt.Position is { } position)
        {
            facts.Add(("Place", string.Create(CultureInfo.InvariantCulture, $"batch {position}, number {receipt.Index}")));
        }

        if (receipt.TimeMs is { } time)
        {
            facts.Add(("Time", Timestamps.Text(time)));
        }

        if (receipt.Height is { } height)
        {
            facts.Add(("Block", height.ToString(CultureInfo.InvariantCulture)));
        }

        if (receipt.Finality is { } finality)
        {
            facts.Add(("Finality", EnumText.Write(finality)));
        }

        console.Facts(facts);
        if (receipt.Rejections is { Count: > 0 } rejections)
        {
            ShowRejections(console, rejections);
        }
    }

    public static void ShowRejections(IAnsiConsole console, IReadOnlyList<RejectionResponse> rejections) => console.Rows(
        "No rule failed.",
        ["Rule that failed", "Where", "What it looked at", "What would pass"],
        [.. rejections.Select(rejection => (IReadOnlyList<string>)
        [
            string.Create(CultureInfo.InvariantCulture, $"{rejection.Name} ({rejection.Code}): {rejection.Rule}"),
            rejection.Subject,
            string.Join('\n', rejection.Inputs.Select(input => $"{input.Name} = {input.Value}")),
            rejection.Remedy,
        ])]);

    public static Failure? FailureOf(IReadOnlyList<RejectionResponse>? rejections, string transaction)
    {
        if (rejections is not { Count: > 0 })
        {
            return null;
        }

        var first = rejections[0];
        var remedies = rejections.Select(rejection => rejection.Remedy).Where(remedy => remedy.Length > 0).Distinct(StringComparer.Ordinal);
        var action = string.Join(' ', remedies);
        return new Failure(
            first.Code,
            first.Name,
            $"{transaction} rejected as a whole, nothing moved: {string.Join("; ", rejections.Select(Describe))}.",
            action.Length > 0 ? action : "Change what the failed rules name, sign again and submit.");
    }

    private static Failure? FailureOf(ReceiptResponse receipt) => receipt.Refusal is { } refusal
        ? new Failure(refusal.Code, refusal.Name, refusal.Detail, refusal.Action)
        : FailureOf(receipt.Rejections, $"Transaction {receipt.TransactionId} was");

    private static string Describe(RejectionResponse rejection) =>
        $"{rejection.Name} at {(rejection.Subject.Length == 0 ? "the transaction" : rejection.Subject)}";
}
