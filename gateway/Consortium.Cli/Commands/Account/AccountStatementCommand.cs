using System.CommandLine;
using System.Globalization;
using Consortium.Api;
using Consortium.Client;
using Consortium.Ledger.Ids;

namespace Consortium.Cli.Commands;

/// <summary>Shows how an account's holdings changed.</summary>
internal sealed class AccountStatementCommand : Verb
{
    private readonly Argument<AccountId> _account = Ids.AccountArgument("The account");
    private readonly Option<ulong?> _from = Ids.Height("--from", "The first block [default: the first there is]");
    private readonly Option<ulong?> _to = Ids.Height("--to", "The last block [default: the last there is]");

    public AccountStatementCommand()
        : base("statement", "Show how an account's holdings changed, block by block")
    {
        Arguments.Add(_account);
        Options.Add(_from);
        Options.Add(_to);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var id = context.Required(_account);
        var to = context.Optional(_to);
        var statement = await context.Client.GetStatementAsync(id, context.Optional(_from), to, cancellationToken);
        var blocks = new List<StatementBlock>(statement.Blocks);
        for (var page = statement; page.Next is { } next;)
        {
            page = await context.Client.GetStatementAsync(id, next, statement.To, cancellationToken);
            blocks.AddRange(page.Blocks);
        }

        statement = statement with { Blocks = blocks, Next = null };
        return VerbResult.Of(statement, console => console.Rows(
            "Nothing changed in these blocks.",
            ["Block", "Time", "Instrument", "Opening", "Change", "Closing", "Pledged"],
            [.. blocks.SelectMany(block => block.Lines.Select(line => Row(block, line)))]));
    }

    private static IReadOnlyList<string> Row(StatementBlock block, StatementLine line) =>
    [
        block.Height.ToString(CultureInfo.InvariantCulture),
        Timestamps.Text(block.TimeMs),
        line.Instrument,
        line.Opening,
        line.Change,
        line.Closing,
        line.Pledged,
    ];
}
