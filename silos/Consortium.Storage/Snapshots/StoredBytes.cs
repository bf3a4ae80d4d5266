namespace Consortium.Storage.Snapshots;

/// <summary>What grain storage keeps as one record: bytes, as they are.</summary>
public sealed class StoredBytes
{
    /// <summary>The bytes; empty when there is no record.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }
}
