using Consortium.Ledger;

namespace Consortium.Consensus.Sequencing;

/// <summary>A slice of the duplicate window in a snapshot: its entries, then their digest.</summary>
/// <remarks>The state is checked against its block's root; nothing but the digest vouches for the window.</remarks>
internal static class WindowSlice
{
    public static byte[] Write(ReadOnlySpan<byte> entries) => [.. entries, .. Digest.Sha256(entries).ToArray()];

    /// <summary>Whether the bytes are whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> entries)
    {
        entries = bytes.Length < Digest.Size ? default : bytes[..^Digest.Size];
        return bytes.Length >= Digest.Size && Digest.Sha256(entries) == Digest.FromBytes(bytes[^Digest.Size..]);
    }
}
