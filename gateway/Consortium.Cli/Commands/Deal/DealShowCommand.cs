using System.CommandLine;
using Consortium.Client.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Shows a transaction in a file.</summary>
internal sealed class DealShowCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file" };

    public DealShowCommand()
        : base("show", "Show what a file's payload says and who has signed it, without a network") => Arguments.Add(_file);

    public override Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        return Task.FromResult(TransactionFileText.Result(path, TransactionFile.Load(path)));
    }
}
