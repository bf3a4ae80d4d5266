using System.CommandLine;
using System.Globalization;
using Consortium.Api;
using Consortium.Client;

namespace Consortium.Cli.Commands;

/// <summary>Shows a block.</summary>
internal sealed class BlockShowCommand : Verb
{
    private readonly Argument<string> _height = Typed.Argument<string>(
        "HEIGHT",
        "The block's height, 'latest' or 'final'",
        TryReadHeight,
        "a height, 'latest' or 'final'");

    public BlockShowCommand()
        : base("show", "Show a block's header and what is in it") => Arguments.Add(_height);

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var block = await context.Client.GetBlockAsync(context.Required(_height), cancellationToken);
        return VerbResult.Of(block, console =>
        {
            console.Facts(
            [
                ("Block", block.Height.ToString(CultureInfo.InvariantCulture)),
                ("Hash", block.Hash),
                ("Finality", EnumText.Write(block.Finality)),
                ("Time", Timestamps.Text(block.TimeMs)),
                ("Producer", block.Producer),
                ("Previous", block.Previous),
                ("Transactions root", block.TransactionsRoot),
                ("Receipts root", block.ReceiptsRoot),
                ("State root", block.StateRoot),
                ("Last position", block.LastPosition.ToString(CultureInfo.InvariantCulture)),
                ("Target", $"{block.Target} ({block.TargetCompact:x8})"),
                ("Nonce", block.Nonce),
            ]);
            console.Rows(
                "It holds no transactions.",
                ["Transaction", "Kind", "Outcome"],
                [.. block.Transactions.Select(transaction => (IReadOnlyList<string>)
                [
                    transaction.Receipt.TransactionId ?? string.Empty,
                    transaction.Kind,
                    EnumText.Write(transaction.Receipt.Outcome),
                ])]);
        });
    }

    private static bool TryReadHeight(string? text, out string height)
    {
        height = text ?? string.Empty;
        return height is "latest" or "final" || ulong.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}
