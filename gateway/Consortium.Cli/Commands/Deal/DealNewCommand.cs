using System.CommandLine;
using Consortium.Client.Transactions;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Starts a deal in a file.</summary>
internal sealed class DealNewCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file to make; never overwritten" };

    private readonly Option<string> _reference = new("--reference")
    {
        Description = "A word for the parties; at most 140 bytes, on the ledger",
        HelpName = "TEXT",
        DefaultValueFactory = _ => string.Empty,
    };

    private readonly Option<int?> _validFor = new("--valid-for")
    {
        Description = "Seconds within which it must be signed and submitted [default: 9/10 of what the network allows]",
        HelpName = "SECONDS",
    };

    private readonly Option<Digest> _network = Ids.Hash("--network", "ID", "The network's id, where there is no gateway to ask");

    public DealNewCommand()
        : base("new", "Start a deal in a file")
    {
        _validFor.RequireRange(1, 31_536_000);
        Arguments.Add(_file);
        Options.Add(_reference);
        Options.Add(_validFor);
        Options.Add(_network);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        var (builder, validFor) = await BuilderAsync(context, cancellationToken);
        var file = TransactionFile.FromUnsigned(builder.Build(new Deal([], context.Required(_reference)), validFor));
        file.Save(path, overwrite: false);
        return TransactionFileText.Result(path, file);
    }

    private async Task<(TransactionBuilder Builder, TimeSpan ValidFor)> BuilderAsync(
        VerbContext context,
        CancellationToken cancellationToken)
    {
        var given = context.Optional(_validFor) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        if (context.Given(_network))
        {
            return (new TransactionBuilder(context.Required(_network), context.CliEnvironment.Time), given ?? throw new UsageException(
                "How long the deal is valid is not known without asking a gateway.",
                "Give --valid-for SECONDS with --network."));
        }

        var network = await context.Client.GetNetworkAsync(cancellationToken);
        var allowed = TimeSpan.FromMilliseconds(network.ValidityMaxMs - (network.ValidityMaxMs / 10));
        return (Networks.Builder(context, network), given ?? allowed);
    }
}
