using Consortium.Consensus.Ports;
using Consortium.Grains.Placement;
using Consortium.Ledger.Blocks;

namespace Consortium.Grains.Mining;

/// <summary>The shell of a miner.</summary>
/// <param name="miners">The miners of the members whose keys this silo has.</param>
/// <param name="timeProvider">Ends a search that takes long.</param>
[Orleans.Concurrency.Reentrant]
[KeepAlive]
[Orleans.Placement.Immovable]
[MemberPlacement]
[GrainType("consortium.miner")]
public sealed class MinerGrain(LocalMiners miners, TimeProvider timeProvider) : Grain, IMinerGrain
{
    // Long enough that asking costs nothing beside the search, short beside the time after which a call is given up.
    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<byte[]?> SealAsync(byte[] template, CancellationToken cancellationToken)
    {
        var miner = miners.Find(this.GetPrimaryKeyString()) ?? throw new StorageException(
            $"This silo is member {this.GetPrimaryKeyString()}'s but has not the member's producer key. Put it into the folder given with --keys.");
        if (!BlockHeader.TryRead(template, out var header))
        {
            throw new FormatException("A message between silos is damaged: it holds a block header that cannot be read.");
        }

        using var timer = new CancellationTokenSource(SearchTime, timeProvider);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            // Hashing must not hold up this grain's other calls.
            var seal = await Task.Run(() => miner.SealAsync(header, ended.Token), ended.Token);
            return seal.ToArray();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
