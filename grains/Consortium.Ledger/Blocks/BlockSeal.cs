using Consortium.Ledger.Encoding;
using Google.Protobuf;

namespace Consortium.Ledger.Blocks;

/// <summary>A header with its work done and its producer's signature over the hash.</summary>
/// <param name="Header">The header.</param>
/// <param name="Signature">r then s over the header hash as message, low s.</param>
public sealed record BlockSeal(BlockHeader Header, ReadOnlyMemory<byte> Signature)
{
    private static readonly CanonicalParser<Wire.SealedHeader> Parser = new(Wire.SealedHeader.Parser);

    /// <summary>Reads the wire form.</summary>
    /// <param name="bytes">Canonical bytes of <see cref="Wire.SealedHeader"/>.</param>
    /// <param name="seal">The seal, or <see langword="null"/>.</param>
    /// <returns>Whether the bytes are a sealed header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BlockSeal? seal)
    {
        seal = null;
        Parser.TryRead(bytes, out var message);
        if (message is null
            || !BlockHeader.TryRead(message.Header.Span, out var header)
            || message.Signature.Length != Signatures.P256.SignatureSize)
        {
            return false;
        }

        seal = new BlockSeal(header, message.Signature.Memory);
        return true;
    }

    /// <summary>Writes the wire form.</summary>
    /// <returns>Canonical bytes of <see cref="Wire.SealedHeader"/>.</returns>
    public byte[] ToArray() => new Wire.SealedHeader
    {
        Header = ByteString.CopyFrom(Header.ToArray()),
        Signature = ByteString.CopyFrom(Signature.Span),
    }.ToByteArray();
}
