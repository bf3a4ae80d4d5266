namespace Consortium.Storage.Snapshots;

/// <summary>The state of one record in grain storage: bytes, stored unchanged.</summary>
public sealed class StoredBytes
{
    /// <summary>The bytes; empty when there is no record.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }
}
