using System.Collections.Immutable;
using System.Globalization;

namespace Consortium.Storage.Segments;

/// <summary>One segment of a log as far as this process has read it.</summary>
/// <remarks>
/// Never changed, only replaced. A segment goes from empty, to one with a header, to one with records, to one that is closed. Bytes
/// past <see cref="ValidLength"/> of one that is not closed are the remains of an append that did not finish, or of one in flight.
/// </remarks>
internal sealed record SegmentView
{
    // One page of reading: a record is found in two reads.
    private const long CheckpointBytes = 64 << 10;

    public required string Name { get; init; }

    /// <summary>0 for the log's first segment.</summary>
    public required long Sequence { get; init; }

    /// <summary>Position of the first record.</summary>
    public required ulong FirstPosition { get; init; }

    /// <summary>Length of the segment at the last look, in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Whether its bytes were looked at, not only its name.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>The segment's salt; zeros until the header is whole.</summary>
    public SegmentSalt Salt { get; init; }

    /// <summary>End of the header and of the whole records after it, in bytes; 0 without a whole header.</summary>
    public long ValidLength { get; init; }

    /// <summary>Position after the last record.</summary>
    public ulong NextPosition { get; init; }

    /// <summary>Whether a closing ends the segment, so that nothing can be appended any more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Upper bound of the appends that the segment has had; a blob takes 50,000.</summary>
    public long Appends { get; init; }

    /// <summary>Positions and offsets of some records, in order, about one for each 64 KiB.</summary>
    public ImmutableArray<Checkpoint> Checkpoints { get; init; } = [];

    /// <summary>Whether an unfinished append has left bytes at the end.</summary>
    public bool IsTorn => !IsClosed && Length > ValidLength;

    public static SegmentView Empty(string prefix, long sequence, ulong firstPosition) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{sequence:D10}-{firstPosition:D20}"),
        Sequence = sequence,
        FirstPosition = firstPosition,
        NextPosition = firstPosition,
    };

    /// <summary>Reads a name.</summary>
    /// <returns>A view without a look at the bytes, or null when the name is not one of the log's.</returns>
    public static SegmentView? FromName(string prefix, string name) =>
        name.Length == prefix.Length + 31
        && long.TryParse(name.AsSpan(prefix.Length, 10), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        && ulong.TryParse(name.AsSpan(prefix.Length + 11), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && Empty(prefix, sequence, first) is var view
        && view.Name == name
            ? view
            : null;

    /// <summary>The segment with one more whole record at its valid end.</summary>
    public SegmentView With(ulong position, long size, long appends) => this with
    {
        ValidLength = ValidLength + size,
        Length = Math.Max(Length, ValidLength + size),
        NextPosition = position + 1,
        Appends = Appends + appends,
        Checkpoints = Checkpoints.IsEmpty || ValidLength - Checkpoints[^1].Offset >= CheckpointBytes
            ? Checkpoints.Add(new Checkpoint(position, ValidLength))
            : Checkpoints,
    };

    public SegmentView ClosedAs(Closing closing, long length) => this with
    {
        IsLoaded = true,
        IsClosed = true,
        Length = length,
        ValidLength = closing.ValidLength,
        NextPosition = closing.NextPosition,
        Checkpoints = [.. closing.Checkpoints],
    };

    /// <summary>The nearest checkpoint at or before a position, from which reading for its record begins.</summary>
    public Checkpoint Before(ulong position)
    {
        var (low, high) = (0, Checkpoints.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Checkpoints[middle].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? new Checkpoint(FirstPosition, SegmentFormat.HeaderSize) : Checkpoints[low - 1];
    }
}
