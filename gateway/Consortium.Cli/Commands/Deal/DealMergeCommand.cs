using System.CommandLine;
using Consortium.Client.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Puts the signatures of copies together.</summary>
internal sealed class DealMergeCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file that gets all signatures" };
    private readonly Argument<string[]> _others = new("COPY")
    {
        Description = "Copies that others signed",
        Arity = ArgumentArity.OneOrMore,
    };

    public DealMergeCommand()
        : base("merge", "Put the signatures of copies of one transaction into one file")
    {
        Arguments.Add(_file);
        Arguments.Add(_others);
    }

    public override Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        var file = TransactionFile.Load(path);
        foreach (var other in context.Required(_others))
        {
            file = file.Merge(TransactionFile.Load(other));
        }

        file.Save(path, overwrite: true);
        return Task.FromResult(TransactionFileText.Result(path, file));
    }
}
