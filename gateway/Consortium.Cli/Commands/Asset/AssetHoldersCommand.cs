using System.CommandLine;
using System.Globalization;
using Consortium.Api;
using Consortium.Ledger.Ids;
using Spectre.Console;

namespace Consortium.Cli.Commands;

/// <summary>Lists the accounts that hold an asset.</summary>
internal sealed class AssetHoldersCommand : Verb
{
    private readonly Argument<AssetId> _asset = Ids.AssetArgument("The asset");

    public AssetHoldersCommand()
        : base("holders", "Show who holds an asset after the last sealed block") => Arguments.Add(_asset);

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var id = context.Required(_asset);
        var first = await context.Client.GetHoldersAsync(id, after: null, cancellationToken);
        var holders = new List<HolderLine>(first.Holders);
        for (var page = first; page.Next is { } next;)
        {
            page = await context.Client.GetHoldersAsync(id, next, cancellationToken);
            holders.AddRange(page.Holders);
        }

        return VerbResult.Of(first with { Holders = holders, Next = null }, console =>
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"After block {first.Height}:"));
            console.Rows(
                "Nobody holds it.",
                ["Account", "Instrument", "Posted", "Pledged", "Available"],
                [.. holders.Select(holder => (IReadOnlyList<string>)[holder.Account, .. AmountOptions.ShowLine(holder.Balance)])]);
        });
    }
}
