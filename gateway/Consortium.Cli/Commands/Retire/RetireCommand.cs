using System.CommandLine;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Retires units of an asset.</summary>
internal sealed class RetireCommand : TransactionVerb
{
    private readonly Option<AssetId> _asset = Ids.Asset("--asset", "The asset").Required();
    private readonly Option<AccountId> _from = Ids.Account("--from", "The account that gives them back").Required();
    private readonly AmountOptions _amount = new();

    public RetireCommand()
        : base(KindPaths.Word("retire"), "Move units back to the issuance account; signed by holder and issuer")
    {
        Options.Add(_asset);
        Options.Add(_from);
        _amount.AddTo(this);
    }

    protected override async Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var asset = context.Required(_asset);
        return new Retire(asset, context.Required(_from), await _amount.ReadAsync(context, asset, cancellationToken));
    }
}
