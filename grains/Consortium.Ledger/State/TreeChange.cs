namespace Consortium.Ledger.State;

/// <summary>The change that one block made to one key of a shard: the new value, or the removal of the key.</summary>
/// <remarks>The arrays are referenced, not copied: nobody may change them after handing them over.</remarks>
/// <param name="Key">The key's bytes.</param>
/// <param name="Path">The SHA-256 digest of <paramref name="Key"/>, where the key sits in the tree.</param>
/// <param name="Value">The value's bytes, possibly none; <see langword="null"/> deletes the key.</param>
public readonly record struct TreeChange(byte[] Key, Digest Path, byte[]? Value)
{
    /// <summary>Makes a change and hashes the key for it.</summary>
    /// <param name="key">The key's bytes.</param>
    /// <param name="value">The value's bytes; <see langword="null"/> deletes the key.</param>
    /// <returns>The change.</returns>
    public static TreeChange FromKey(byte[] key, byte[]? value) => new(key, Digest.Sha256(key), value);
}
