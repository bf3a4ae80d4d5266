using System.CommandLine;
using System.Text.Json;
using Consortium.Client;
using Consortium.Ledger.Ids;
using Spectre.Console;

namespace Consortium.Cli.Commands;

/// <summary>Shows a transaction with its receipt.</summary>
internal sealed class TxShowCommand : Verb
{
    private readonly Argument<TransactionId> _transaction = Ids.TransactionArgument("The transaction");

    public TxShowCommand()
        : base("show", "Show a transaction with its receipt and every rule that failed") => Arguments.Add(_transaction);

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var found = await context.Client.GetTransactionAsync(context.Required(_transaction), cancellationToken);
        return VerbResult.Of(found, console =>
        {
            ReceiptText.Show(console, found.Receipt, made: null);
            console.Facts(
            [
                ("Kind", found.Kind),
                ("Valid until", Timestamps.Text(found.ValidUntilMs)),
                ("Signed by", string.Join('\n', found.Signers)),
            ]);
            console.WriteLine(found.Body.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        });
    }
}
