namespace Consortium.Consensus.Ports;

/// <summary>Another writer wrote at the position: this one has lost its right to order and must stop.</summary>
/// <param name="position">The contested position.</param>
public sealed class JournalConflictException(ulong position)
    : Exception($"Another process wrote journal position {position}. This one no longer orders transactions; it stops, and must be restarted to follow.")
{
    /// <summary>The contested position.</summary>
    public ulong Position { get; } = position;
}
