using System.Diagnostics.CodeAnalysis;

namespace Consortium.Storage.Segments;

/// <summary>How a log is laid out in segments.</summary>
[SuppressMessage("Usage", "MA0015", Justification = "A setting is wrong, not a parameter.")]
public sealed record SegmentLogOptions
{
    /// <summary>The prefix of the names of the log's segments.</summary>
    /// <value>For example <c>journal/</c>. Logs of one store must have different ones, none the beginning of another.</value>
    public required string Prefix { get; init; }

    /// <summary>Bytes at which a segment is closed and the next begun.</summary>
    /// <value>
    /// Default 128 MiB: what a start reads at most to find the head. From 1 KiB to half of what the store allows for a segment. One
    /// record larger than this has a segment of its own.
    /// </value>
    public long RollBytes { get; init; } = 128L << 20;

    /// <summary>Appends at which a segment is closed and the next begun.</summary>
    /// <value>Default 20,000. From 2 to half of what the store allows for a segment.</value>
    public int RollAppends { get; init; } = 20_000;

    /// <summary>Refuses settings that a store could not serve.</summary>
    /// <param name="limits">The store's limits.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public void Check(SegmentLimits limits)
    {
        SegmentName.CheckPrefix(Prefix);
        if (RollBytes < 1024 || RollBytes > limits.SegmentBytes / 2)
        {
            throw new ArgumentException($"A segment of '{Prefix}' may roll at 1024 to {limits.SegmentBytes / 2} bytes, not at {RollBytes}.");
        }

        if (RollAppends < 2 || RollAppends > limits.Appends / 2)
        {
            throw new ArgumentException($"A segment of '{Prefix}' may roll at 2 to {limits.Appends / 2} appends, not at {RollAppends}.");
        }
    }
}
