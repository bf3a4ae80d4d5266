using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Memory;

/// <summary>A snapshot in memory.</summary>
/// <param name="Height">The block.</param>
/// <param name="Parts">Its parts.</param>
public sealed record Snapshot(ulong Height, IReadOnlyList<ReadOnlyMemory<byte>> Parts) : IStoredSnapshot
{
    /// <inheritdoc/>
    public int PartCount => Parts.Count;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(int part, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(Parts[part]);
    }
}
