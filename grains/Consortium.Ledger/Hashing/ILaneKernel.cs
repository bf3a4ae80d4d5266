namespace Consortium.Ledger.Hashing;

/// <summary>One width at which <see cref="Sha256Lanes"/> hashes messages side by side.</summary>
internal interface ILaneKernel
{
    /// <summary>The number of messages that one call hashes.</summary>
    static abstract int Lanes { get; }

    /// <summary>The fewest messages for which one call is cheaper than hashing each on its own.</summary>
    static abstract int WorthwhileLanes { get; }

    /// <summary>Hashes <see cref="Lanes"/> messages made of whole 64-byte blocks.</summary>
    /// <param name="body">The first byte of the first message's leading blocks.</param>
    /// <param name="bodyStride">Bytes from one message's leading blocks to the next one's.</param>
    /// <param name="bodyBlocks">Leading blocks per message, possibly none.</param>
    /// <param name="tail">The first byte of the first message's closing blocks.</param>
    /// <param name="tailStride">Bytes from one message's closing blocks to the next one's.</param>
    /// <param name="tailBlocks">Closing blocks per message, possibly none.</param>
    /// <param name="lastMessage">The last lane that has a message; later lanes repeat it.</param>
    /// <param name="digests">Receives <see cref="Lanes"/> times 32 bytes.</param>
    static abstract void Hash(
        ref readonly byte body,
        int bodyStride,
        int bodyBlocks,
        ref readonly byte tail,
        int tailStride,
        int tailBlocks,
        int lastMessage,
        ref byte digests);
}
