using Consortium.Consensus.Ports;

namespace Consortium.Storage.Segments;

/// <summary>The limits of a medium for one segment.</summary>
/// <param name="AppendBytes">Most bytes of one append.</param>
/// <param name="Appends">Most appends to one segment.</param>
/// <param name="SegmentBytes">Most bytes of one segment.</param>
public sealed record SegmentLimits(int AppendBytes, long Appends, long SegmentBytes)
{
    /// <summary>Refuses an append that the medium would not take.</summary>
    /// <param name="name">The segment.</param>
    /// <param name="offset">Bytes it has.</param>
    /// <param name="length">Bytes to append.</param>
    /// <param name="appends">Appends that it is known to have had.</param>
    /// <exception cref="StorageException">One of the limits would be passed; nothing was appended.</exception>
    public void Check(string name, long offset, int length, long appends)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (length > AppendBytes)
        {
            throw Passed(name, $"an append of {length} bytes; at most {AppendBytes} are allowed");
        }

        if (offset > SegmentBytes - length)
        {
            throw Passed(name, $"{offset} + {length} bytes; at most {SegmentBytes} are allowed");
        }

        if (appends >= Appends)
        {
            throw Passed(name, $"more than {Appends} appends, which is as many as are allowed");
        }
    }

    private static StorageException Passed(string name, string what) => new(
        $"Nothing was appended to segment '{name}': it would be {what}. Roll to the next segment earlier, or write less at a time.");
}
