using System.CommandLine;
using System.Text.Json;
using Consortium.Api;
using Consortium.Ledger.Ids;

namespace Consortium.Cli.Commands;

/// <summary>Shows an account and its holdings.</summary>
internal sealed class AccountShowCommand : Verb
{
    private readonly Argument<AccountId> _account = Ids.AccountArgument("The account");
    private readonly Option<ulong?> _at = Ids.Height("--at", "What it held after this block [default: now]");

    public AccountShowCommand()
        : base("show", "Show an account: who may act, and what is posted and pledged per instrument")
    {
        Arguments.Add(_account);
        Options.Add(_at);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var id = context.Required(_account);
        var account = await context.Client.GetAccountAsync(id, cancellationToken);
        var balances = await context.Client.GetBalancesAsync(id, context.Optional(_at), cancellationToken);
        var json = VerbResult.ToJson(account);
        json["balances"] = JsonSerializer.SerializeToNode(balances.Balances, ApiJson.Options);
        json["timeMs"] = balances.TimeMs;
        return new VerbResult(json, console =>
        {
            var state = account.Issues is { } asset ? $"issues {asset}" : account.Frozen ? "frozen" : "open";
            console.Facts(
            [
                ("Account", account.Id),
                ("Custodian", account.Custodian),
                ("Owner", account.Owner),
                ("State", account.ConsentRequired ? state + ", receives by consent only" : state),
                ("Authority", $"{account.Authority.Threshold} of {account.Authority.Keys.Count}"),
                ("Keys", string.Join('\n', account.Authority.Keys)),
            ]);
            console.Rows(
                "It holds nothing.",
                ["Instrument", "Posted", "Pledged", "Available"],
                [.. balances.Balances.Select(AmountOptions.ShowLine)]);
        });
    }
}
