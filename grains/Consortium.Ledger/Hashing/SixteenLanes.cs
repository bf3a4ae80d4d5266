using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Consortium.Ledger.Hashing;

/// <summary>SHA-256 of sixteen messages side by side: lane <c>i</c> of each vector is message <c>i</c>.</summary>
/// <remarks>
/// The sixteen schedule words and eight state words live in locals so that they fit the 32 vector registers;
/// the rounds are written out because renaming variables is free and moving vectors is not.
/// </remarks>
internal readonly struct SixteenLanes : ILaneKernel
{
    /// <inheritdoc/>
    public static int Lanes => 16;

    /// <inheritdoc/>
    public static int WorthwhileLanes => 3;

    /// <summary>Whether this processor runs this width at full speed.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Hash(
        ref readonly byte body,
        int bodyStride,
        int bodyBlocks,
        ref readonly byte tail,
        int tailStride,
        int tailBlocks,
        int lastMessage,
        ref byte digests)
    {
        ref uint initial = ref Unsafe.AsRef(in Sha256Constants.Initial[0]);
        Vector512<uint> sa = Vector512.Create(Unsafe.Add(ref initial, 0));
        Vector512<uint> sb = Vector512.Create(Unsafe.Add(ref initial, 1));
        Vector512<uint> sc = Vector512.Create(Unsafe.Add(ref initial, 2));
        Vector512<uint> sd = Vector512.Create(Unsafe.Add(ref initial, 3));
        Vector512<uint> se = Vector512.Create(Unsafe.Add(ref initial, 4));
        Vector512<uint> sf = Vector512.Create(Unsafe.Add(ref initial, 5));
        Vector512<uint> sg = Vector512.Create(Unsafe.Add(ref initial, 6));
        Vector512<uint> sh = Vector512.Create(Unsafe.Add(ref initial, 7));

        int blocks = bodyBlocks + tailBlocks;
        for (int block = 0; block < blocks; block++)
        {
            bool inBody = block < bodyBlocks;
            ref byte source = ref inBody
                ? ref Unsafe.Add(ref Unsafe.AsRef(in body), block * Sha256Constants.BlockLength)
                : ref Unsafe.Add(ref Unsafe.AsRef(in tail), (block - bodyBlocks) * Sha256Constants.BlockLength);
            int stride = inBody ? bodyStride : tailStride;

            LoadFour(
                ref source, stride, 0, lastMessage,
                out Vector512<uint> r0,
                out Vector512<uint> r1,
                out Vector512<uint> r2,
                out Vector512<uint> r3);
            LoadFour(
                ref source, stride, 4, lastMessage,
                out Vector512<uint> r4,
                out Vector512<uint> r5,
                out Vector512<uint> r6,
                out Vector512<uint> r7);
            LoadFour(
                ref source, stride, 8, lastMessage,
                out Vector512<uint> r8,
                out Vector512<uint> r9,
                out Vector512<uint> r10,
                out Vector512<uint> r11);
            LoadFour(
                ref source, stride, 12, lastMessage,
                out Vector512<uint> r12,
                out Vector512<uint> r13,
                out Vector512<uint> r14,
                out Vector512<uint> r15);
            GatherColumns(
                r0, r4, r8, r12,
                out Vector512<uint> w0,
                out Vector512<uint> w4,
                out Vector512<uint> w8,
                out Vector512<uint> w12);
            GatherColumns(
                r1, r5, r9, r13,
                out Vector512<uint> w1,
                out Vector512<uint> w5,
                out Vector512<uint> w9,
                out Vector512<uint> w13);
            GatherColumns(
                r2, r6, r10, r14,
                out Vector512<uint> w2,
                out Vector512<uint> w6,
                out Vector512<uint> w10,
                out Vector512<uint> w14);
            GatherColumns(
                r3, r7, r11, r15,
                out Vector512<uint> w3,
                out Vector512<uint> w7,
                out Vector512<uint> w11,
                out Vector512<uint> w15);

            Vector512<uint> a = sa;
            Vector512<uint> b = sb;
            Vector512<uint> c = sc;
            Vector512<uint> d = sd;
            Vector512<uint> e = se;
            Vector512<uint> f = sf;
            Vector512<uint> g = sg;
            Vector512<uint> h = sh;
            ref uint k = ref Unsafe.AsRef(in Sha256Constants.Rounds[0]);
            for (int round = 0; ; round += 16)
            {
                h += Vector512.Create(Unsafe.Add(ref k, round + 0)) + w0 + Choose(e, f, g) + SumOfE(e);
                d += h;
                h += Majority(a, b, c) + SumOfA(a);
                g += Vector512.Create(Unsafe.Add(ref k, round + 1)) + w1 + Choose(d, e, f) + SumOfE(d);
                c += g;
                g += Majority(h, a, b) + SumOfA(h);
                f += Vector512.Create(Unsafe.Add(ref k, round + 2)) + w2 + Choose(c, d, e) + SumOfE(c);
                b += f;
                f += Majority(g, h, a) + SumOfA(g);
                e += Vector512.Create(Unsafe.Add(ref k, round + 3)) + w3 + Choose(b, c, d) + SumOfE(b);
                a += e;
                e += Majority(f, g, h) + SumOfA(f);
                d += Vector512.Create(Unsafe.Add(ref k, round + 4)) + w4 + Choose(a, b, c) + SumOfE(a);
                h += d;
                d += Majority(e, f, g) + SumOfA(e);
                c += Vector512.Create(Unsafe.Add(ref k, round + 5)) + w5 + Choose(h, a, b) + SumOfE(h);
                g += c;
                c += Majority(d, e, f) + SumOfA(d);
                b += Vector512.Create(Unsafe.Add(ref k, round + 6)) + w6 + Choose(g, h, a) + SumOfE(g);
                f += b;
                b += Majority(c, d, e) + SumOfA(c);
                a += Vector512.Create(Unsafe.Add(ref k, round + 7)) + w7 + Choose(f, g, h) + SumOfE(f);
                e += a;
                a += Majority(b, c, d) + SumOfA(b);
                h += Vector512.Create(Unsafe.Add(ref k, round + 8)) + w8 + Choose(e, f, g) + SumOfE(e);
                d += h;
                h += Majority(a, b, c) + SumOfA(a);
                g += Vector512.Create(Unsafe.Add(ref k, round + 9)) + w9 + Choose(d, e, f) + SumOfE(d);
                c += g;
                g += Majority(h, a, b) + SumOfA(h);
                f += Vector512.Create(Unsafe.Add(ref k, round + 10)) + w10 + Choose(c, d, e) + SumOfE(c);
                b += f;
                f += Majority(g, h, a) + SumOfA(g);
                e += Vector512.Create(Unsafe.Add(ref k, round + 11)) + w11 + Choose(b, c, d) + SumOfE(b);
                a += e;
                e += Majority(f, g, h) + SumOfA(f);
                d += Vector512.Create(Unsafe.Add(ref k, round + 12)) + w12 + Choose(a, b, c) + SumOfE(a);
                h += d;
                d += Majority(e, f, g) + SumOfA(e);
                c += Vector512.Create(Unsafe.Add(ref k, round + 13)) + w13 + Choose(h, a, b) + SumOfE(h);
                g += c;
                c += Majority(d, e, f) + SumOfA(d);
                b += Vector512.Create(Unsafe.Add(ref k, round + 14)) + w14 + Choose(g, h, a) + SumOfE(g);
                f += b;
                b += Majority(c, d, e) + SumOfA(c);
                a += Vector512.Create(Unsafe.Add(ref k, round + 15)) + w15 + Choose(f, g, h) + SumOfE(f);
                e += a;
                a += Majority(b, c, d) + SumOfA(b);
                if (round == 48)
                {
                    break;
                }

                w0 += w9 + SmallSigma0(w1) + SmallSigma1(w14);
                w1 += w10 + SmallSigma0(w2) + SmallSigma1(w15);
                w2 += w11 + SmallSigma0(w3) + SmallSigma1(w0);
                w3 += w12 + SmallSigma0(w4) + SmallSigma1(w1);
                w4 += w13 + SmallSigma0(w5) + SmallSigma1(w2);
                w5 += w14 + SmallSigma0(w6) + SmallSigma1(w3);
                w6 += w15 + SmallSigma0(w7) + SmallSigma1(w4);
                w7 += w0 + SmallSigma0(w8) + SmallSigma1(w5);
                w8 += w1 + SmallSigma0(w9) + SmallSigma1(w6);
                w9 += w2 + SmallSigma0(w10) + SmallSigma1(w7);
                w10 += w3 + SmallSigma0(w11) + SmallSigma1(w8);
                w11 += w4 + SmallSigma0(w12) + SmallSigma1(w9);
                w12 += w5 + SmallSigma0(w13) + SmallSigma1(w10);
                w13 += w6 + SmallSigma0(w14) + SmallSigma1(w11);
                w14 += w7 + SmallSigma0(w15) + SmallSigma1(w12);
                w15 += w8 + SmallSigma0(w0) + SmallSigma1(w13);
            }

            sa += a;
            sb += b;
            sc += c;
            sd += d;
            se += e;
            sf += f;
            sg += g;
            sh += h;
        }

        StoreHalf(sa, sb, sc, sd, ref digests, 0);
        StoreHalf(se, sf, sg, sh, ref digests, 16);
    }

    /// <summary>Loads four messages' words and turns each 4 by 4 square of words about its diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadFour(
        ref byte source,
        int stride,
        int first,
        int lastMessage,
        out Vector512<uint> r0,
        out Vector512<uint> r1,
        out Vector512<uint> r2,
        out Vector512<uint> r3)
    {
        Vector512<uint> a = Load(ref source, (Math.Min(first, lastMessage) * stride));
        Vector512<uint> b = Load(ref source, (Math.Min(first + 1, lastMessage) * stride));
        Vector512<uint> c = Load(ref source, (Math.Min(first + 2, lastMessage) * stride));
        Vector512<uint> d = Load(ref source, (Math.Min(first + 3, lastMessage) * stride));
        TurnSquares(a, b, c, d, out r0, out r1, out r2, out r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Load(ref byte source, int offset) =>
        SwapBytes(Vector512.LoadUnsafe(ref Unsafe.Add(ref source, offset)).AsUInt32());

    /// <summary>SHA-256 reads and writes big-endian words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SwapBytes(Vector512<uint> words)
    {
        Vector128<byte> order = Vector128.Create(0x0405060700010203UL, 0x0c0d0e0f08090a0bUL).AsByte();
        return Avx512BW.Shuffle(words.AsByte(), Vector512.Create(order)).AsUInt32();
    }

    /// <summary>Word <c>4 L + k</c> of four rows becomes the 128-bit part <c>L</c> of result <c>k</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnSquares(
        Vector512<uint> a,
        Vector512<uint> b,
        Vector512<uint> c,
        Vector512<uint> d,
        out Vector512<uint> r0,
        out Vector512<uint> r1,
        out Vector512<uint> r2,
        out Vector512<uint> r3)
    {
        Vector512<ulong> abLow = Avx512F.UnpackLow(a, b).AsUInt64();
        Vector512<ulong> abHigh = Avx512F.UnpackHigh(a, b).AsUInt64();
        Vector512<ulong> cdLow = Avx512F.UnpackLow(c, d).AsUInt64();
        Vector512<ulong> cdHigh = Avx512F.UnpackHigh(c, d).AsUInt64();
        r0 = Avx512F.UnpackLow(abLow, cdLow).AsUInt32();
        r1 = Avx512F.UnpackHigh(abLow, cdLow).AsUInt32();
        r2 = Avx512F.UnpackLow(abHigh, cdHigh).AsUInt32();
        r3 = Avx512F.UnpackHigh(abHigh, cdHigh).AsUInt32();
    }

    /// <summary>Result <c>L</c> takes the 128-bit part <c>L</c> of each argument, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherColumns(
        Vector512<uint> a,
        Vector512<uint> b,
        Vector512<uint> c,
        Vector512<uint> d,
        out Vector512<uint> part0,
        out Vector512<uint> part1,
        out Vector512<uint> part2,
        out Vector512<uint> part3)
    {
        Vector512<uint> abEven = Avx512F.Shuffle4x128(a, b, 0x88);
        Vector512<uint> abOdd = Avx512F.Shuffle4x128(a, b, 0xdd);
        Vector512<uint> cdEven = Avx512F.Shuffle4x128(c, d, 0x88);
        Vector512<uint> cdOdd = Avx512F.Shuffle4x128(c, d, 0xdd);
        part0 = Avx512F.Shuffle4x128(abEven, cdEven, 0x88);
        part1 = Avx512F.Shuffle4x128(abOdd, cdOdd, 0x88);
        part2 = Avx512F.Shuffle4x128(abEven, cdEven, 0xdd);
        part3 = Avx512F.Shuffle4x128(abOdd, cdOdd, 0xdd);
    }

    /// <summary>Writes four state words of every lane, at <paramref name="offset"/> within its digest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalf(
        Vector512<uint> a,
        Vector512<uint> b,
        Vector512<uint> c,
        Vector512<uint> d,
        ref byte digests,
        int offset)
    {
        TurnSquares(
            a, b, c, d,
            out Vector512<uint> r0,
            out Vector512<uint> r1,
            out Vector512<uint> r2,
            out Vector512<uint> r3);
        StoreParts(SwapBytes(r0).AsByte(), ref digests, offset);
        StoreParts(SwapBytes(r1).AsByte(), ref digests, offset + Sha256Constants.DigestLength);
        StoreParts(SwapBytes(r2).AsByte(), ref digests, offset + (2 * Sha256Constants.DigestLength));
        StoreParts(SwapBytes(r3).AsByte(), ref digests, offset + (3 * Sha256Constants.DigestLength));
    }

    /// <summary>Writes each 128-bit part to its own digest; neighbouring parts belong to lanes four apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreParts(Vector512<byte> parts, ref byte digests, int offset)
    {
        const int Step = 4 * Sha256Constants.DigestLength;
        Vector256<byte> low = parts.GetLower();
        Vector256<byte> high = parts.GetUpper();
        low.GetLower().StoreUnsafe(ref Unsafe.Add(ref digests, offset));
        low.GetUpper().StoreUnsafe(ref Unsafe.Add(ref digests, offset + Step));
        high.GetLower().StoreUnsafe(ref Unsafe.Add(ref digests, offset + (2 * Step)));
        high.GetUpper().StoreUnsafe(ref Unsafe.Add(ref digests, offset + (3 * Step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Choose(Vector512<uint> e, Vector512<uint> f, Vector512<uint> g) =>
        Avx512F.TernaryLogic(e, f, g, 0xca);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Majority(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) =>
        Avx512F.TernaryLogic(a, b, c, 0xe8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SumOfE(Vector512<uint> e) =>
        ExclusiveOr(Avx512F.RotateRight(e, 6), Avx512F.RotateRight(e, 11), Avx512F.RotateRight(e, 25));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SumOfA(Vector512<uint> a) =>
        ExclusiveOr(Avx512F.RotateRight(a, 2), Avx512F.RotateRight(a, 13), Avx512F.RotateRight(a, 22));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SmallSigma0(Vector512<uint> w) =>
        ExclusiveOr(Avx512F.RotateRight(w, 7), Avx512F.RotateRight(w, 18), w >>> 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SmallSigma1(Vector512<uint> w) =>
        ExclusiveOr(Avx512F.RotateRight(w, 17), Avx512F.RotateRight(w, 19), w >>> 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> ExclusiveOr(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) =>
        Avx512F.TernaryLogic(x, y, z, 0x96);
}
