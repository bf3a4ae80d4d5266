using Consortium.Gateway.Node;
using Consortium.Ledger;

namespace Consortium.Gateway.Errors;

/// <summary>Makes sure that questions about the past can be answered.</summary>
internal static class SealedBlocks
{
    /// <summary>Waits until the index has a sealed block.</summary>
    /// <returns>The height, and the time of its cut; genesis' for height 0.</returns>
    /// <exception cref="RefusalException">The height is not sealed.</exception>
    public static async Task<(ulong Height, ulong TimeMs)> RequireAsync(ILedgerNode node, ulong? height, CancellationToken cancellationToken)
    {
        var sealedHeight = node.Progress.Now.SealedHeight;
        var asked = height ?? sealedHeight;
        if (asked == 0)
        {
            return (0, node.Genesis.TimeMs);
        }

        var seal = await node.ReadBlockHeaderAsync(asked, cancellationToken);
        return seal is null ? throw NotSealed(asked, node) : (asked, seal.Header.TimeMs);
    }

    public static RefusalException NotSealed(ulong height, ILedgerNode node) => new(
        Refusal.HeightNotSealed,
        $"Block {height} is not sealed; the last sealed block is {node.Progress.Now.SealedHeight}.");
}
