using System.Diagnostics.CodeAnalysis;
using Consortium.Ledger.Transactions;
using Google.Protobuf;

namespace Consortium.Ledger.Encoding;

/// <summary>Reads canonical messages from strangers' bytes (SPEC.md section 1); may be used by many threads.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
/// <param name="parser">The message's own parser.</param>
public sealed class CanonicalParser<TMessage>(MessageParser<TMessage> parser)
    where TMessage : class, IMessage<TMessage>
{
    private readonly MessageParser<TMessage> _parser = parser.WithDiscardUnknownFields(discardUnknownFields: true);

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">Anything.</param>
    /// <param name="message">The message, or <see langword="null"/>.</param>
    /// <returns>A sentence that says what is wrong with the bytes, or <see langword="null"/> when nothing is.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The parser's failures are of many types; see below.")]
    public string? TryRead(ReadOnlySpan<byte> bytes, out TMessage? message)
    {
        message = null;
        TMessage parsed;
        try
        {
            parsed = _parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            return $"The bytes are not a {typeof(TMessage).Name}: {exception.Message}";
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // Google.Protobuf adds lengths near 2^31 without a check and then reads outside its own bounds.
            return $"The bytes are not a {typeof(TMessage).Name}: a length is out of range.";
        }

        if (!MessageBytes.IsCanonical(parsed, bytes))
        {
            return $"The {typeof(TMessage).Name} is not in canonical form: it has unknown, repeated, disordered or default fields.";
        }

        message = parsed;
        return null;
    }
}
