using Google.Protobuf;

namespace Consortium.Api;

/// <summary>The body of a submission as protocol buffers (<see cref="Wire.Submission"/>), without copying what it holds.</summary>
public static class SubmissionBytes
{
    private const uint SignedTransactionTags = 2;
    private const uint BatchTag = (3 << 3) | 2;

    /// <summary>Puts signed transactions into one body.</summary>
    /// <param name="transactions">Canonical bytes of <see cref="Ledger.Wire.SignedTransaction"/> each.</param>
    /// <returns>The body.</returns>
    public static byte[] Join(IEnumerable<ReadOnlyMemory<byte>> transactions)
    {
        var message = new Wire.Submission();
        message.Transactions.AddRange(transactions.Select(UnsafeByteOperations.UnsafeWrap));
        return message.ToByteArray();
    }

    /// <summary>Splits a body into its signed transactions.</summary>
    /// <param name="body">The body, kept by reference.</param>
    /// <param name="transactionsMax">Most transactions to take out; counting goes on, so that the count can be told.</param>
    /// <param name="transactions">Encoded signed transactions, not looked into.</param>
    /// <param name="count">The number of transactions in the body, also past the most that are taken.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public static string? TrySplit(
        ReadOnlyMemory<byte> body,
        int transactionsMax,
        out IReadOnlyList<ReadOnlyMemory<byte>> transactions,
        out int count)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        (transactions, count) = (found, 0);
        var isSingle = false;
        var at = 0;
        while (at < body.Length)
        {
            if (!TryReadVarint(body.Span, ref at, out var tag)
                || !TryReadVarint(body.Span, ref at, out var length)
                || length > (uint)(body.Length - at))
            {
                return "The body is not a Submission: it ends within a field.";
            }

            if (tag == BatchTag)
            {
                count++;
                if (found.Count < transactionsMax)
                {
                    found.Add(body.Slice(at, (int)length));
                }
            }
            else if ((tag & 7) == 2 && (tag >> 3) is > 0 and <= SignedTransactionTags)
            {
                isSingle = true;
            }
            else
            {
                return $"The body is not a Submission: it has field {tag >> 3} of wire type {tag & 7}.";
            }

            at += (int)length;
        }

        if (isSingle && count > 0)
        {
            return "The body has fields of one SignedTransaction (1, 2) and of a batch (3); send one or the other.";
        }

        if (isSingle)
        {
            found.Add(body);
            count = 1;
        }

        return count == 0 ? "The body has no transactions." : null;
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, ref int at, out uint value)
    {
        value = 0;
        for (var shift = 0; shift < 32 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            if (shift == 28 && next > 15)
            {
                return false;
            }

            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
