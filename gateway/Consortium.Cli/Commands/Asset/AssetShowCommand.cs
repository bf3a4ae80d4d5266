using System.CommandLine;
using System.Globalization;
using Consortium.Ledger.Ids;

namespace Consortium.Cli.Commands;

/// <summary>Shows an asset.</summary>
internal sealed class AssetShowCommand : Verb
{
    private readonly Argument<AssetId> _asset = Ids.AssetArgument("The asset");

    public AssetShowCommand()
        : base("show", "Show an asset: its definition, and what is outstanding of what is authorised") => Arguments.Add(_asset);

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var asset = await context.Client.GetAssetAsync(context.Required(_asset), cancellationToken);
        var definition = asset.Definition;
        return VerbResult.Of(asset, console => console.Facts(
        [
            ("Asset", asset.Id),
            ("Name", definition.Name),
            ("Kind", definition.Kind),
            ("Issuer", definition.Issuer),
            ("Issuance account", asset.IssuanceAccount),
            ("Decimals", definition.Decimals.ToString(CultureInfo.InvariantCulture)),
            ("Authorised", AmountOptions.Show(definition.Authorised, definition.Decimals)),
            ("Outstanding", AmountOptions.Show(asset.Outstanding, definition.Decimals)),
            ("Currency", definition.Currency ?? "-"),
            ("ISIN", definition.Isin ?? "-"),
            ("SHA-256 of terms", definition.TermsHash ?? "-"),
            ("Rely on a deal when", definition.Finality ?? "ordered"),
        ]));
    }
}
