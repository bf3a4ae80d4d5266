using System.CommandLine;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Gives a pledged amount back before the pledge ends.</summary>
internal sealed class ReleaseCommand : TransactionVerb
{
    private readonly Option<AccountId> _account = Ids.Account("--account", "The account that pledged").Required();
    private readonly Option<Instrument> _instrument = InstrumentOptions.Create("What is set aside");
    private readonly Option<TransactionId> _deal = Ids.Transaction("--deal", "The deal that it was set aside for").Required();

    public ReleaseCommand()
        : base(KindPaths.Word("release"), "Give a pledged amount back before its time; signed by the beneficiary")
    {
        Options.Add(_account);
        Options.Add(_instrument);
        Options.Add(_deal);
    }

    protected override Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken) =>
        Task.FromResult<TransactionBody>(
            new Release(context.Required(_account), context.Required(_instrument), context.Required(_deal)));
}
