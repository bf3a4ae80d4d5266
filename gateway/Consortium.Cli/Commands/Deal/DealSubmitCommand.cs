using System.CommandLine;
using Consortium.Client;
using Consortium.Client.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Submits a transaction in a file.</summary>
internal sealed class DealSubmitCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file" };
    private readonly WaitOptions _wait = new();

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Do not submit; ask what would become of it now",
    };

    public DealSubmitCommand()
        : base(KindPaths.Word("deal"), "Submit the transaction in a file; it happens entirely or not at all")
    {
        Arguments.Add(_file);
        _wait.AddTo(this);
        Options.Add(_dryRun);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var file = TransactionFile.Load(context.Required(_file));
        if (context.Optional(_dryRun))
        {
            return await SimulationText.RunAsync(context, file, cancellationToken);
        }

        var receipt = await context.Client.Submissions.SubmitAndWaitAsync(
            file.ToSignedBytes(),
            _wait.Level(context),
            _wait.Timeout(context),
            new RetryOptions(),
            cancellationToken);
        return ReceiptText.Result(receipt, made: null);
    }
}
