using Orleans.CodeGeneration;

namespace Consortium.Grains.Mining;

/// <summary>Seals blocks for one member, on a silo of that member; the key is the member's id as text.</summary>
[Alias("consortium.miner")]
[Version(1)]
public interface IMinerGrain : IGrainWithStringKey
{
    /// <summary>Searches for a nonce for a while.</summary>
    /// <param name="template">The header as <see cref="Consortium.Ledger.Blocks.BlockHeader.ToArray"/> writes it; its producer and nonce are not read.</param>
    /// <param name="cancellationToken">Ends the search, because another miner was faster.</param>
    /// <returns>The sealed header's bytes, or <see langword="null"/> when none was found yet: asked again, the search goes on where it was.</returns>
    [Alias("seal")]
    [ResponseTimeout("00:00:15")]
    Task<byte[]?> SealAsync(byte[] template, CancellationToken cancellationToken);
}
