using System.CommandLine;
using Consortium.Api;
using Consortium.Client.Verification;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Cli.Commands;

/// <summary>Gets a proof.</summary>
internal sealed class ProofGetCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file to write" };
    private readonly Option<AccountId> _account = Ids.Account("--account", "Prove what this account holds, or that it holds nothing");
    private readonly Option<Instrument> _instrument = Typed.Option<Instrument>(
        "--asset",
        "INSTRUMENT",
        "Of this asset",
        InstrumentText.TryParse,
        "an asset (ast1…), or a right in one over an interval of UTC milliseconds (ast1…:use:FROM-UNTIL)");

    private readonly Option<TransactionId> _transaction = Ids.Transaction("--transaction", "Prove this transaction and its receipt");

    public ProofGetCommand()
        : base("get", "Get a proof of a balance, of its absence, or of a transaction, at a sealed block")
    {
        Arguments.Add(_file);
        Options.Add(_account);
        Options.Add(_instrument);
        Options.Add(_transaction);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var proof = await GetAsync(context, cancellationToken);
        if (!Base64Text.TryRead(proof.Proof, out var bytes))
        {
            throw new ConsortiumException(
                "not_a_gateway",
                "The gateway's proof is not base64.",
                "Check the gateway's address and version.");
        }

        // The proof is checked before it is kept, so that every file that is written is valid.
        var report = OfflineProofs.Check(bytes, expectedNetwork: null);
        var path = context.Required(_file);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
        return ProofText.Result(path, report);
    }

    private Task<ProofResponse> GetAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var (account, asset, transaction) =
            (context.Given(_account), context.Given(_instrument), context.Given(_transaction));
        return (account, asset, transaction) switch
        {
            (true, true, false) => context.Client.ProveHoldingAsync(
                context.Required(_account),
                context.Required(_instrument),
                cancellationToken),
            (false, false, true) => context.Client.ProveTransactionAsync(context.Required(_transaction), cancellationToken),
            _ => throw new UsageException(
                "What to prove is not clear.",
                "Give --account ACCOUNT with --asset ASSET, or --transaction TRANSACTION."),
        };
    }
}
