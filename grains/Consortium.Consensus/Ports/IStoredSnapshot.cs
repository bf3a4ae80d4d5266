namespace Consortium.Consensus.Ports;

/// <summary>A snapshot that was kept: the derived state after one block's last batch, from which a restart goes on.</summary>
public interface IStoredSnapshot
{
    /// <summary>The block.</summary>
    ulong Height { get; }

    /// <summary>The number of parts.</summary>
    int PartCount { get; }

    /// <summary>Reads a part.</summary>
    /// <param name="part">0 to <see cref="PartCount"/> - 1.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The bytes, or <see langword="null"/> when the part is known to be missing or damaged.</returns>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(int part, CancellationToken cancellationToken);
}
