using System.CommandLine;
using Consortium.Client.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Signs a transaction in a file.</summary>
internal sealed class DealSignCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file" };
    private readonly KeyOptions _keys = new();

    public DealSignCommand()
        : base("sign", "Sign the transaction in a file, without a network: read what it shows before you do")
    {
        Arguments.Add(_file);
        _keys.AddTo(this, required: true);
    }

    public override Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        var file = TransactionFile.Load(path);
        foreach (var key in _keys.Load(context))
        {
            using (key)
            {
                file = file.Sign(key);
            }
        }

        file.Save(path, overwrite: true);
        return Task.FromResult(TransactionFileText.Result(path, file));
    }
}
