using Consortium.Ledger;

namespace Consortium.Client.Verification;

/// <summary>The options of verifying an exported chain.</summary>
public sealed class ChainVerificationOptions
{
    /// <summary>The network that the chain must be of; <see langword="null"/> takes the one in the file.</summary>
    public Digest? ExpectedNetwork { get; init; }

    /// <summary>Bytes of batches held at a time, beyond the one in hand.</summary>
    /// <value>The default is 64 MiB, the size of the largest record.</value>
    public int BufferBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>Batches held at a time.</summary>
    /// <value>The default is 512.</value>
    public int BufferBatchesMax { get; init; } = 512;
}
