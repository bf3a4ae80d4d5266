using Consortium.Gateway.Node;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Gateway.Assets;

/// <summary>Reads definitions of assets once per request.</summary>
internal sealed class AssetNames(ILedgerNode node)
{
    private readonly Dictionary<AssetId, AssetDefinition?> _read = [];

    public async ValueTask<AssetDefinition?> FindAsync(AssetId id, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue(id, out var definition))
        {
            definition = (await node.ReadAsync(StateKey.Asset(id), cancellationToken) as Asset)?.Definition;
            _read[id] = definition;
        }

        return definition;
    }
}
