namespace Consortium.Api;

/// <summary>Data of the event <c>final</c>: a block and all below it are final.</summary>
/// <param name="Position">Journal position of the sealed header that buried it, or of a later one.</param>
/// <param name="Height">The highest final block.</param>
public sealed record FinalEvent(ulong Position, ulong Height);
