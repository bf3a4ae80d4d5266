namespace Consortium.Storage.Segments;

/// <summary>One record of a log.</summary>
/// <param name="Position">One past the record before.</param>
/// <param name="Kind">Chosen by the log's user; 255 is the log's own.</param>
/// <param name="Bytes">The content of the record.</param>
internal readonly record struct LogRecord(ulong Position, byte Kind, ReadOnlyMemory<byte> Bytes);
