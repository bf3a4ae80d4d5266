namespace Consortium.Storage.Indexing;

/// <summary>A run in the file, read through one connection.</summary>
/// <param name="reader">The connection.</param>
/// <param name="id">The run.</param>
internal sealed class StoredRun(IndexReader reader, long id) : IRun
{
    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key) => reader.Find(id, key);

    /// <inheritdoc/>
    public byte[]? ReadChunk(int number) => reader.ReadChunk(id, number);
}
