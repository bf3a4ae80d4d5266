using Orleans.Storage;

namespace Consortium.Storage.Snapshots;

/// <summary>Lets grain storage keep bytes as they are, rather than as text within JSON.</summary>
/// <remarks>Only for <see cref="StoredBytes"/>: give it to the provider that keeps snapshots and to no other.</remarks>
public sealed class StoredBytesSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The state is of another type.</exception>
    public BinaryData Serialize<T>(T? input) => input is StoredBytes stored ? new BinaryData(stored.Bytes) : throw NotBytes(typeof(T));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The state is of another type.</exception>
    /// <remarks>The bytes are copied: providers use the memory that they read into again.</remarks>
    public T Deserialize<T>(BinaryData input) => new StoredBytes { Bytes = input.ToArray() } is T stored ? stored : throw NotBytes(typeof(T));

    private static NotSupportedException NotBytes(Type type) => new(
        $"The storage of snapshots keeps bytes, not {type.Name}. Give grains with other state a storage provider of their own.");
}
