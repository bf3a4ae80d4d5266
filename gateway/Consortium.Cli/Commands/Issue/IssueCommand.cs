using System.CommandLine;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Issues units of an asset.</summary>
internal sealed class IssueCommand : TransactionVerb
{
    private readonly Option<AssetId> _asset = Ids.Asset("--asset", "The asset").Required();
    private readonly Option<AccountId> _to = Ids.Account("--to", "The account that receives").Required();
    private readonly AmountOptions _amount = new();

    public IssueCommand()
        : base(KindPaths.Word("issue"), "Move newly issued units from the issuance account; signed by the issuer")
    {
        Options.Add(_asset);
        Options.Add(_to);
        _amount.AddTo(this);
    }

    protected override async Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var asset = context.Required(_asset);
        return new Issue(asset, context.Required(_to), await _amount.ReadAsync(context, asset, cancellationToken));
    }
}
