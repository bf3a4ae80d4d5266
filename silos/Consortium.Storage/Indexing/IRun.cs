namespace Consortium.Storage.Indexing;

/// <summary>Entries in order of key, cut into chunks numbered from 0; never changed.</summary>
internal interface IRun
{
    /// <summary>The last chunk whose first key is not past a key; 0 when all are.</summary>
    int Find(ReadOnlySpan<byte> key);

    /// <summary>A chunk, or <see langword="null"/> past the last one.</summary>
    byte[]? ReadChunk(int number);
}
