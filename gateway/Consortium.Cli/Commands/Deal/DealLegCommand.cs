using System.CommandLine;
using Consortium.Client.Transactions;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Adds legs to a deal.</summary>
internal sealed class DealLegCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The deal's file" };
    private readonly Option<AccountId> _from = Ids.Account("--from", "The account that gives");
    private readonly Option<AccountId> _to = Ids.Account("--to", "The account that receives");
    private readonly Option<Instrument> _instrument = InstrumentOptions.Create("What moves");
    private readonly AmountOptions _amount = new();

    public DealLegCommand()
        : base("leg", "Add a leg to a deal that nobody has signed; with --from and --to both sides of it")
    {
        Arguments.Add(_file);
        Options.Add(_from);
        Options.Add(_to);
        Options.Add(_instrument);
        _amount.AddTo(this);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        if (!context.Given(_from) && !context.Given(_to))
        {
            throw new UsageException("The leg has no account.", "Give --from ACCOUNT, --to ACCOUNT, or both.");
        }

        var path = context.Required(_file);
        var file = TransactionFile.Load(path);
        var instrument = context.Required(_instrument);
        var units = (Int128)(await _amount.ReadAsync(context, instrument.Asset, cancellationToken)).Units;
        var legs = new List<DealLeg>();
        if (context.Given(_from))
        {
            legs.Add(new DealLeg(context.Required(_from), instrument, -units));
        }

        if (context.Given(_to))
        {
            legs.Add(new DealLeg(context.Required(_to), instrument, units));
        }

        file = file.AddLegs(legs);
        file.Save(path, overwrite: true);
        return TransactionFileText.Result(path, file);
    }
}
