using Google.Protobuf;

namespace Consortium.Ledger.Transactions;

/// <summary>Canonical bytes of messages: fields in order of number, no defaults, no unknown fields.</summary>
internal static class MessageBytes
{
    /// <summary>Writes a message canonically.</summary>
    public static byte[] ToByteArrayCanonical(this IMessage message) => message.ToByteArray();

    /// <summary>Whether bytes are exactly what the canonical encoder writes for a message.</summary>
    public static bool IsCanonical(IMessage message, ReadOnlySpan<byte> bytes)
    {
        var size = message.CalculateSize();
        if (size != bytes.Length)
        {
            return false;
        }

        Span<byte> buffer = size <= 1024 ? stackalloc byte[size] : new byte[size];
        message.WriteTo(buffer);
        return buffer.SequenceEqual(bytes);
    }
}
