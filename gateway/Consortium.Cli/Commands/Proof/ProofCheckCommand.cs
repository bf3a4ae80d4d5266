using System.CommandLine;
using Consortium.Client.Verification;
using Consortium.Ledger;

namespace Consortium.Cli.Commands;

/// <summary>Checks a proof.</summary>
internal sealed class ProofCheckCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The proof" };
    private readonly Option<Digest> _network =
        Ids.Hash("--network", "ID", "The network's id as you know it; without it, the one in the file is only told");

    public ProofCheckCommand()
        : base("check", "Check a proof without a network, from the file alone")
    {
        Arguments.Add(_file);
        Options.Add(_network);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return ProofText.Result(
            path,
            OfflineProofs.Check(bytes, context.Given(_network) ? context.Required(_network) : null));
    }
}
