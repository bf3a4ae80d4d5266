using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Consortium.Ledger.Hashing;

/// <summary>SHA-256 (FIPS 180-4) of many messages in parallel lanes.</summary>
/// <remarks>
/// Tree nodes and leaves are short and many, so the cost of hashing them one by one is mostly the cost of the call.
/// Where the processor has wide vectors, each vector lane carries one message. The digests are the same everywhere.
/// </remarks>
public static class Sha256Lanes
{
    /// <summary>
    /// The most blocks a message of <see cref="HashEach(ReadOnlySpan{byte[]}, Span{byte})"/> may have to share lanes:
    /// a longer message gains nothing that would pay for copying it.
    /// </summary>
    private const int SharedBlocksMax = 16;

    /// <summary>The width this processor is best at.</summary>
    internal static LaneWidth BestWidth =>
        SixteenLanes.IsSupported ? LaneWidth.Sixteen : EightLanes.IsSupported ? LaneWidth.Eight : LaneWidth.One;

    /// <summary>Hashes messages of equal length that lie one behind the other.</summary>
    /// <param name="messages">The messages, without gaps.</param>
    /// <param name="messageLength">Bytes per message; may be zero.</param>
    /// <param name="digests">Receives 32 bytes per message; its length says how many messages there are.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="digests"/> is not a whole number of digests, or <paramref name="messages"/> is not exactly as
    /// many messages.
    /// </exception>
    public static void HashMany(ReadOnlySpan<byte> messages, int messageLength, Span<byte> digests) =>
        HashMany(BestWidth, messages, messageLength, digests);

    /// <summary>Hashes messages of any lengths.</summary>
    /// <param name="messages">The messages, in any order; those with equally many blocks are hashed together.</param>
    /// <param name="digests">Receives 32 bytes per message, in the order of the messages.</param>
    /// <exception cref="ArgumentException"><paramref name="digests"/> has another length.</exception>
    public static void HashEach(ReadOnlySpan<byte[]> messages, Span<byte> digests) =>
        HashEach(BestWidth, messages, digests);

    /// <summary>Hashes messages of equal length at a given width, which the processor must have.</summary>
    internal static void HashMany(LaneWidth width, ReadOnlySpan<byte> messages, int messageLength, Span<byte> digests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(messageLength);
        int count = Math.DivRem(digests.Length, Sha256Constants.DigestLength, out int rest);
        if (rest != 0 || messages.Length != (long)count * messageLength)
        {
            throw new ArgumentException("Messages and digests are not equally many.", nameof(digests));
        }

        switch (width)
        {
            case LaneWidth.Sixteen:
                HashMany<SixteenLanes>(messages, messageLength, digests, count);
                break;
            case LaneWidth.Eight:
                HashMany<EightLanes>(messages, messageLength, digests, count);
                break;
            case LaneWidth.One:
                HashOneByOne(messages, messageLength, digests, count);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width));
        }
    }

    /// <summary>Hashes messages of any lengths at a given width, which the processor must have.</summary>
    internal static void HashEach(LaneWidth width, ReadOnlySpan<byte[]> messages, Span<byte> digests)
    {
        if (digests.Length != (long)messages.Length * Sha256Constants.DigestLength)
        {
            throw new ArgumentException("Messages and digests are not equally many.", nameof(digests));
        }

        switch (width)
        {
            case LaneWidth.Sixteen:
                HashEach<SixteenLanes>(messages, digests);
                break;
            case LaneWidth.Eight:
                HashEach<EightLanes>(messages, digests);
                break;
            case LaneWidth.One:
                for (int i = 0; i < messages.Length; i++)
                {
                    SHA256.HashData(messages[i], DigestAt(digests, i));
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width));
        }
    }

    private static void HashOneByOne(ReadOnlySpan<byte> messages, int messageLength, Span<byte> digests, int count)
    {
        for (int i = 0; i < count; i++)
        {
            SHA256.HashData(messages.Slice(i * messageLength, messageLength), DigestAt(digests, i));
        }
    }

    private static void HashMany<TKernel>(
        ReadOnlySpan<byte> messages, int messageLength, Span<byte> digests, int count)
        where TKernel : struct, ILaneKernel
    {
        const int TailStride = 2 * Sha256Constants.BlockLength;
        int bodyBlocks = messageLength / Sha256Constants.BlockLength;
        int restLength = messageLength % Sha256Constants.BlockLength;
        int tailBlocks = BlockCount(restLength);

        // The padding is the same for every message: it is written once, and a batch changes only the rest before it.
        Span<byte> tails = stackalloc byte[TKernel.Lanes * TailStride];
        for (int lane = 0; lane < TKernel.Lanes; lane++)
        {
            Span<byte> tail = tails.Slice(lane * TailStride, tailBlocks * Sha256Constants.BlockLength);
            WritePadding(tail, restLength, messageLength);
        }

        Span<byte> partial = stackalloc byte[TKernel.Lanes * Sha256Constants.DigestLength];
        for (int start = 0; start < count; start += TKernel.Lanes)
        {
            int taken = Math.Min(TKernel.Lanes, count - start);
            ReadOnlySpan<byte> batch = messages.Slice(start * messageLength, taken * messageLength);
            Span<byte> target = digests.Slice(
                start * Sha256Constants.DigestLength, taken * Sha256Constants.DigestLength);
            if (taken < TKernel.WorthwhileLanes)
            {
                HashOneByOne(batch, messageLength, target, taken);
                continue;
            }

            for (int lane = 0; restLength != 0 && lane < taken; lane++)
            {
                batch.Slice(((lane + 1) * messageLength) - restLength, restLength).CopyTo(tails[(lane * TailStride)..]);
            }

            Span<byte> output = taken == TKernel.Lanes ? target : partial;
            TKernel.Hash(
                ref MemoryMarshal.GetReference(batch),
                messageLength,
                bodyBlocks,
                ref MemoryMarshal.GetReference(tails),
                TailStride,
                tailBlocks,
                taken - 1,
                ref MemoryMarshal.GetReference(output));
            if (taken != TKernel.Lanes)
            {
                partial[..target.Length].CopyTo(target);
            }
        }
    }

    private static void HashEach<TKernel>(ReadOnlySpan<byte[]> messages, Span<byte> digests)
        where TKernel : struct, ILaneKernel
    {
        // One row of waiting messages per block count; a row is hashed as soon as it is full.
        Span<int> waiting = stackalloc int[(SharedBlocksMax + 1) * TKernel.Lanes];
        Span<int> waitingCount = stackalloc int[SharedBlocksMax + 1];
        Span<byte> padded = stackalloc byte[TKernel.Lanes * SharedBlocksMax * Sha256Constants.BlockLength];
        waitingCount.Clear();
        for (int i = 0; i < messages.Length; i++)
        {
            int blocks = BlockCount(messages[i].Length);
            if (blocks > SharedBlocksMax)
            {
                SHA256.HashData(messages[i], DigestAt(digests, i));
                continue;
            }

            Span<int> row = waiting.Slice(blocks * TKernel.Lanes, TKernel.Lanes);
            row[waitingCount[blocks]++] = i;
            if (waitingCount[blocks] == TKernel.Lanes)
            {
                HashRow<TKernel>(messages, row, blocks, padded, digests);
                waitingCount[blocks] = 0;
            }
        }

        for (int blocks = 1; blocks <= SharedBlocksMax; blocks++)
        {
            HashRow<TKernel>(
                messages, waiting.Slice(blocks * TKernel.Lanes, waitingCount[blocks]), blocks, padded, digests);
        }
    }

    private static void HashRow<TKernel>(
        ReadOnlySpan<byte[]> messages, ReadOnlySpan<int> row, int blocks, Span<byte> padded, Span<byte> digests)
        where TKernel : struct, ILaneKernel
    {
        if (row.Length < TKernel.WorthwhileLanes)
        {
            foreach (int i in row)
            {
                SHA256.HashData(messages[i], DigestAt(digests, i));
            }

            return;
        }

        int stride = blocks * Sha256Constants.BlockLength;
        for (int lane = 0; lane < row.Length; lane++)
        {
            byte[] message = messages[row[lane]];
            Span<byte> target = padded.Slice(lane * stride, stride);
            message.CopyTo(target);
            WritePadding(target, message.Length, message.Length);
        }

        Span<byte> output = stackalloc byte[TKernel.Lanes * Sha256Constants.DigestLength];
        ref byte first = ref MemoryMarshal.GetReference(padded);
        TKernel.Hash(
            ref first, stride, blocks, ref first, tailStride: 0, tailBlocks: 0, row.Length - 1, ref output[0]);
        for (int lane = 0; lane < row.Length; lane++)
        {
            DigestAt(output, lane).CopyTo(DigestAt(digests, row[lane]));
        }
    }

    /// <summary>The blocks that a message fills once it is padded.</summary>
    private static int BlockCount(int messageLength) =>
        ((messageLength - 1 + Sha256Constants.PaddingLengthMin) / Sha256Constants.BlockLength) + 1;

    private static void WritePadding(Span<byte> blocks, int contentLength, int messageLength)
    {
        blocks[contentLength..].Clear();
        blocks[contentLength] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(blocks[^sizeof(ulong)..], (ulong)messageLength * 8);
    }

    private static Span<byte> DigestAt(Span<byte> digests, int index) =>
        digests.Slice(index * Sha256Constants.DigestLength, Sha256Constants.DigestLength);
}
