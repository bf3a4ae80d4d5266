using System.CommandLine;
using System.Globalization;
using Consortium.Api;
using Consortium.Ledger.Ids;
using Spectre.Console;

namespace Consortium.Cli.Commands;

/// <summary>Shows the assets and liabilities of a party.</summary>
internal sealed class BalanceSheetCommand : Verb
{
    private readonly Argument<PartyId> _party = Ids.PartyArgument("The party (pty1…), or a member (mem1… or LEI)");
    private readonly Option<ulong?> _at = Ids.Height("--at", "After this block [default: the last sealed one]");

    public BalanceSheetCommand()
        : base("balance-sheet", "Show what a party owns and owes: what one owns another owes")
    {
        Arguments.Add(_party);
        Options.Add(_at);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var sheet = await context.Client.GetBalanceSheetAsync(
            context.Required(_party),
            context.Optional(_at),
            cancellationToken);
        return VerbResult.Of(sheet, console =>
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sheet.Party} after block {sheet.Height}"));
            console.Rows("It owns nothing.", ["Owns", "Amount", "Pledged"], Rows(sheet.Assets));
            console.Rows("It owes nothing.", ["Owes", "Amount", "Pledged"], Rows(sheet.Liabilities));
        });
    }

    private static IReadOnlyList<IReadOnlyList<string>> Rows(IReadOnlyList<BalanceSheetLine> lines) =>
    [
        .. lines.Select(line => (IReadOnlyList<string>)
        [
            AmountOptions.ShowInstrument(line.Instrument, line.Name),
            AmountOptions.Show(line.Amount, line.Decimals),
            AmountOptions.Show(line.Pledged, line.Decimals),
        ]),
    ];
}
