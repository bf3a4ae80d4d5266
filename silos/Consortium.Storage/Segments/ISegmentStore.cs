using Consortium.Consensus.Ports;

namespace Consortium.Storage.Segments;

/// <summary>An ordered set of append-only segments of bytes, named by text: the least that a shared medium must offer for a journal.</summary>
/// <remarks>
/// <para>
/// Any number of processes may use the same segments at a time. Nothing but <see cref="AppendAsync"/> decides between them: of two
/// appends at the same offset one happens. A segment only grows, and what was read of it once stays as it is.
/// </para>
/// <para>
/// An append that is acknowledged is durable. One that is not may have left the beginning of its bytes behind, when its process was
/// killed or the medium failed: callers frame what they write, so that they recognise such bytes.
/// </para>
/// <para>
/// Names are letters, digits, '-', '_' and '.', in parts divided by '/'; see <see cref="SegmentName"/>. No part begins with '.'.
/// </para>
/// </remarks>
public interface ISegmentStore
{
    /// <summary>The limits of the medium; the store refuses more even where its own medium would take it.</summary>
    SegmentLimits Limits { get; }

    /// <summary>Lists segments as they are now: every append acknowledged before is seen.</summary>
    /// <param name="prefix">The beginning of the names to list.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The segments in ordinal order of their names.</returns>
    /// <exception cref="StorageException">The medium cannot be read.</exception>
    ValueTask<IReadOnlyList<SegmentInfo>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Creates an empty segment; one that exists is left as it is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the segment exists durably.</returns>
    /// <exception cref="StorageException">The segment is not known to exist; creating it again is safe.</exception>
    ValueTask CreateAsync(string name, CancellationToken cancellationToken);

    /// <summary>Appends bytes if the segment ends at the offset that the caller expects.</summary>
    /// <param name="name">The segment.</param>
    /// <param name="offset">The segment's length in bytes before the append.</param>
    /// <param name="bytes">The bytes; at least one.</param>
    /// <param name="cancellationToken">Stops waiting; whether the bytes were appended is then unknown.</param>
    /// <returns>A task that completes when the bytes are durable.</returns>
    /// <exception cref="SegmentConflictException">The segment has another length; nothing was appended.</exception>
    /// <exception cref="StorageException">
    /// Nothing was appended and nothing will be; or, with <see cref="StorageException.IsUnknown"/>, the bytes were appended, or will
    /// be, or not.
    /// </exception>
    ValueTask AppendAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Reads a part of a segment.</summary>
    /// <param name="name">The segment.</param>
    /// <param name="offset">Offset of the first byte to read; at most the segment's length.</param>
    /// <param name="buffer">The buffer to fill.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The number of bytes read: fewer than the buffer holds only at the segment's end.</returns>
    /// <exception cref="StorageException">There is no such segment, or the medium cannot be read.</exception>
    ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Deletes a segment. Only for what nobody writes or needs any more: nothing fences a deletion.</summary>
    /// <param name="name">The segment; need not exist.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the segment is gone.</returns>
    /// <exception cref="StorageException">The segment is not known to be gone.</exception>
    ValueTask DeleteAsync(string name, CancellationToken cancellationToken);
}
