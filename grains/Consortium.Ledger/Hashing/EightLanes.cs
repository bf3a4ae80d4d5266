using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Consortium.Ledger.Hashing;

/// <summary>SHA-256 of eight messages side by side: lane <c>i</c> of each vector is message <c>i</c>.</summary>
/// <remarks>The same rounds as <see cref="SixteenLanes"/> for processors with 256-bit vectors.</remarks>
internal readonly struct EightLanes : ILaneKernel
{
    /// <inheritdoc/>
    public static int Lanes => 8;

    /// <inheritdoc/>
    public static int WorthwhileLanes => 3;

    /// <summary>Whether this processor runs this width at full speed.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

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
        Vector256<uint> sa = Vector256.Create(Unsafe.Add(ref initial, 0));
        Vector256<uint> sb = Vector256.Create(Unsafe.Add(ref initial, 1));
        Vector256<uint> sc = Vector256.Create(Unsafe.Add(ref initial, 2));
        Vector256<uint> sd = Vector256.Create(Unsafe.Add(ref initial, 3));
        Vector256<uint> se = Vector256.Create(Unsafe.Add(ref initial, 4));
        Vector256<uint> sf = Vector256.Create(Unsafe.Add(ref initial, 5));
        Vector256<uint> sg = Vector256.Create(Unsafe.Add(ref initial, 6));
        Vector256<uint> sh = Vector256.Create(Unsafe.Add(ref initial, 7));

        int blocks = bodyBlocks + tailBlocks;
        for (int block = 0; block < blocks; block++)
        {
            bool inBody = block < bodyBlocks;
            ref byte source = ref inBody
                ? ref Unsafe.Add(ref Unsafe.AsRef(in body), block * Sha256Constants.BlockLength)
                : ref Unsafe.Add(ref Unsafe.AsRef(in tail), (block - bodyBlocks) * Sha256Constants.BlockLength);
            int stride = inBody ? bodyStride : tailStride;

            LoadFour(
                ref source, stride, 0, 0, lastMessage,
                out Vector256<uint> r00,
                out Vector256<uint> r01,
                out Vector256<uint> r02,
                out Vector256<uint> r03);
            LoadFour(
                ref source, stride, 4, 0, lastMessage,
                out Vector256<uint> r04,
                out Vector256<uint> r05,
                out Vector256<uint> r06,
                out Vector256<uint> r07);
            Vector256<uint> w0 = Avx2.Permute2x128(r00, r04, 0x20);
            Vector256<uint> w4 = Avx2.Permute2x128(r00, r04, 0x31);
            Vector256<uint> w1 = Avx2.Permute2x128(r01, r05, 0x20);
            Vector256<uint> w5 = Avx2.Permute2x128(r01, r05, 0x31);
            Vector256<uint> w2 = Avx2.Permute2x128(r02, r06, 0x20);
            Vector256<uint> w6 = Avx2.Permute2x128(r02, r06, 0x31);
            Vector256<uint> w3 = Avx2.Permute2x128(r03, r07, 0x20);
            Vector256<uint> w7 = Avx2.Permute2x128(r03, r07, 0x31);
            LoadFour(
                ref source, stride, 0, 32, lastMessage,
                out Vector256<uint> r10,
                out Vector256<uint> r11,
                out Vector256<uint> r12,
                out Vector256<uint> r13);
            LoadFour(
                ref source, stride, 4, 32, lastMessage,
                out Vector256<uint> r14,
                out Vector256<uint> r15,
                out Vector256<uint> r16,
                out Vector256<uint> r17);
            Vector256<uint> w8 = Avx2.Permute2x128(r10, r14, 0x20);
            Vector256<uint> w12 = Avx2.Permute2x128(r10, r14, 0x31);
            Vector256<uint> w9 = Avx2.Permute2x128(r11, r15, 0x20);
            Vector256<uint> w13 = Avx2.Permute2x128(r11, r15, 0x31);
            Vector256<uint> w10 = Avx2.Permute2x128(r12, r16, 0x20);
            Vector256<uint> w14 = Avx2.Permute2x128(r12, r16, 0x31);
            Vector256<uint> w11 = Avx2.Permute2x128(r13, r17, 0x20);
            Vector256<uint> w15 = Avx2.Permute2x128(r13, r17, 0x31);

            Vector256<uint> a = sa;
            Vector256<uint> b = sb;
            Vector256<uint> c = sc;
            Vector256<uint> d = sd;
            Vector256<uint> e = se;
            Vector256<uint> f = sf;
            Vector256<uint> g = sg;
            Vector256<uint> h = sh;
            ref uint k = ref Unsafe.AsRef(in Sha256Constants.Rounds[0]);
            for (int round = 0; ; round += 16)
            {
                h += Vector256.Create(Unsafe.Add(ref k, round + 0)) + w0 + Choose(e, f, g) + SumOfE(e);
                d += h;
                h += Majority(a, b, c) + SumOfA(a);
                g += Vector256.Create(Unsafe.Add(ref k, round + 1)) + w1 + Choose(d, e, f) + SumOfE(d);
                c += g;
                g += Majority(h, a, b) + SumOfA(h);
                f += Vector256.Create(Unsafe.Add(ref k, round + 2)) + w2 + Choose(c, d, e) + SumOfE(c);
                b += f;
                f += Majority(g, h, a) + SumOfA(g);
                e += Vector256.Create(Unsafe.Add(ref k, round + 3)) + w3 + Choose(b, c, d) + SumOfE(b);
                a += e;
                e += Majority(f, g, h) + SumOfA(f);
                d += Vector256.Create(Unsafe.Add(ref k, round + 4)) + w4 + Choose(a, b, c) + SumOfE(a);
                h += d;
                d += Majority(e, f, g) + SumOfA(e);
                c += Vector256.Create(Unsafe.Add(ref k, round + 5)) + w5 + Choose(h, a, b) + SumOfE(h);
                g += c;
                c += Majority(d, e, f) + SumOfA(d);
                b += Vector256.Create(Unsafe.Add(ref k, round + 6)) + w6 + Choose(g, h, a) + SumOfE(g);
                f += b;
                b += Majority(c, d, e) + SumOfA(c);
                a += Vector256.Create(Unsafe.Add(ref k, round + 7)) + w7 + Choose(f, g, h) + SumOfE(f);
                e += a;
                a += Majority(b, c, d) + SumOfA(b);
                h += Vector256.Create(Unsafe.Add(ref k, round + 8)) + w8 + Choose(e, f, g) + SumOfE(e);
                d += h;
                h += Majority(a, b, c) + SumOfA(a);
                g += Vector256.Create(Unsafe.Add(ref k, round + 9)) + w9 + Choose(d, e, f) + SumOfE(d);
                c += g;
                g += Majority(h, a, b) + SumOfA(h);
                f += Vector256.Create(Unsafe.Add(ref k, round + 10)) + w10 + Choose(c, d, e) + SumOfE(c);
                b += f;
                f += Majority(g, h, a) + SumOfA(g);
                e += Vector256.Create(Unsafe.Add(ref k, round + 11)) + w11 + Choose(b, c, d) + SumOfE(b);
                a += e;
                e += Majority(f, g, h) + SumOfA(f);
                d += Vector256.Create(Unsafe.Add(ref k, round + 12)) + w12 + Choose(a, b, c) + SumOfE(a);
                h += d;
                d += Majority(e, f, g) + SumOfA(e);
                c += Vector256.Create(Unsafe.Add(ref k, round + 13)) + w13 + Choose(h, a, b) + SumOfE(h);
                g += c;
                c += Majority(d, e, f) + SumOfA(d);
                b += Vector256.Create(Unsafe.Add(ref k, round + 14)) + w14 + Choose(g, h, a) + SumOfE(g);
                f += b;
                b += Majority(c, d, e) + SumOfA(c);
                a += Vector256.Create(Unsafe.Add(ref k, round + 15)) + w15 + Choose(f, g, h) + SumOfE(f);
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
        int offset,
        int lastMessage,
        out Vector256<uint> r0,
        out Vector256<uint> r1,
        out Vector256<uint> r2,
        out Vector256<uint> r3)
    {
        Vector256<uint> a = Load(ref source, (Math.Min(first, lastMessage) * stride) + offset);
        Vector256<uint> b = Load(ref source, (Math.Min(first + 1, lastMessage) * stride) + offset);
        Vector256<uint> c = Load(ref source, (Math.Min(first + 2, lastMessage) * stride) + offset);
        Vector256<uint> d = Load(ref source, (Math.Min(first + 3, lastMessage) * stride) + offset);
        TurnSquares(a, b, c, d, out r0, out r1, out r2, out r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(ref byte source, int offset) =>
        SwapBytes(Vector256.LoadUnsafe(ref Unsafe.Add(ref source, offset)).AsUInt32());

    /// <summary>SHA-256 reads and writes big-endian words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SwapBytes(Vector256<uint> words)
    {
        Vector128<byte> order = Vector128.Create(0x0405060700010203UL, 0x0c0d0e0f08090a0bUL).AsByte();
        return Avx2.Shuffle(words.AsByte(), Vector256.Create(order)).AsUInt32();
    }

    /// <summary>Word <c>4 L + k</c> of four rows becomes the 128-bit part <c>L</c> of result <c>k</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnSquares(
        Vector256<uint> a,
        Vector256<uint> b,
        Vector256<uint> c,
        Vector256<uint> d,
        out Vector256<uint> r0,
        out Vector256<uint> r1,
        out Vector256<uint> r2,
        out Vector256<uint> r3)
    {
        Vector256<ulong> abLow = Avx2.UnpackLow(a, b).AsUInt64();
        Vector256<ulong> abHigh = Avx2.UnpackHigh(a, b).AsUInt64();
        Vector256<ulong> cdLow = Avx2.UnpackLow(c, d).AsUInt64();
        Vector256<ulong> cdHigh = Avx2.UnpackHigh(c, d).AsUInt64();
        r0 = Avx2.UnpackLow(abLow, cdLow).AsUInt32();
        r1 = Avx2.UnpackHigh(abLow, cdLow).AsUInt32();
        r2 = Avx2.UnpackLow(abHigh, cdHigh).AsUInt32();
        r3 = Avx2.UnpackHigh(abHigh, cdHigh).AsUInt32();
    }

    /// <summary>Writes four state words of every lane, at <paramref name="offset"/> within its digest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalf(
        Vector256<uint> a,
        Vector256<uint> b,
        Vector256<uint> c,
        Vector256<uint> d,
        ref byte digests,
        int offset)
    {
        TurnSquares(
            a, b, c, d,
            out Vector256<uint> r0,
            out Vector256<uint> r1,
            out Vector256<uint> r2,
            out Vector256<uint> r3);
        StoreParts(SwapBytes(r0).AsByte(), ref digests, offset);
        StoreParts(SwapBytes(r1).AsByte(), ref digests, offset + Sha256Constants.DigestLength);
        StoreParts(SwapBytes(r2).AsByte(), ref digests, offset + (2 * Sha256Constants.DigestLength));
        StoreParts(SwapBytes(r3).AsByte(), ref digests, offset + (3 * Sha256Constants.DigestLength));
    }

    /// <summary>Writes each 128-bit part to its own digest; neighbouring parts belong to lanes four apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreParts(Vector256<byte> parts, ref byte digests, int offset)
    {
        const int Step = 4 * Sha256Constants.DigestLength;
        parts.GetLower().StoreUnsafe(ref Unsafe.Add(ref digests, offset));
        parts.GetUpper().StoreUnsafe(ref Unsafe.Add(ref digests, offset + Step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Choose(Vector256<uint> e, Vector256<uint> f, Vector256<uint> g) =>
        (e & (f ^ g)) ^ g;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Majority(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) =>
        (a & b) | (c & (a | b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SumOfE(Vector256<uint> e) =>
        Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SumOfA(Vector256<uint> a) =>
        Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SmallSigma0(Vector256<uint> w) =>
        Rotate(w, 7) ^ Rotate(w, 18) ^ (w >>> 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SmallSigma1(Vector256<uint> w) =>
        Rotate(w, 17) ^ Rotate(w, 19) ^ (w >>> 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> words, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateRight(words, bits)
            : (words >>> bits) | (words << (32 - bits));
}
