namespace Consortium.Ledger.State;

/// <summary>Writes the messages that the nodes of the state tree hash; the leading byte keeps leaves and inner nodes apart.</summary>
internal static class StateNodeHash
{
    /// <summary>Bytes hashed for a node: the leading byte and two digests.</summary>
    public const int MessageLength = 1 + (2 * Digest.Size);

    private const byte LeafMarker = 0;
    private const byte InnerMarker = 1;

    /// <summary>Writes the message that a leaf hashes.</summary>
    public static void WriteLeaf(Span<byte> message, in Digest path, ReadOnlySpan<byte> valueHash)
    {
        message[0] = LeafMarker;
        path.CopyTo(message[1..]);
        valueHash.CopyTo(message[(1 + Digest.Size)..]);
    }

    /// <summary>Writes the message that an inner node hashes.</summary>
    public static void WriteInner(Span<byte> message, in Digest left, in Digest right)
    {
        message[0] = InnerMarker;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + Digest.Size)..]);
    }

    /// <summary>Hashes a leaf.</summary>
    public static Digest Leaf(in Digest path, in Digest valueHash)
    {
        Span<byte> message = stackalloc byte[MessageLength];
        message[0] = LeafMarker;
        path.CopyTo(message[1..]);
        valueHash.CopyTo(message[(1 + Digest.Size)..]);
        return Digest.Sha256(message);
    }

    /// <summary>Hashes an inner node.</summary>
    public static Digest Inner(in Digest left, in Digest right)
    {
        Span<byte> message = stackalloc byte[MessageLength];
        WriteInner(message, in left, in right);
        return Digest.Sha256(message);
    }
}
