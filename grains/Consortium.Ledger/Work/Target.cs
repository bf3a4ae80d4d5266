using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Consortium.Ledger.Work;

/// <summary>
/// The number that a header's hash must not exceed: 256 bits, from 1 to 2^256 - 1; the smaller, the more work.
/// </summary>
/// <remarks>
/// <para>
/// Headers carry the <em>compact</em> form, Bitcoin's nBits: one byte of length and three of mantissa with a sign bit
/// that must not be set. It keeps 16 to 23 bits, so a target may shrink when it is written so: see
/// <see cref="Rounded"/>.
/// </para>
/// <para>
/// Ordered by size. <c>default</c> is zero, which is no target: no hash meets it and it stands for no work.
/// </para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Target : IComparable<Target>
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private Target(UInt128 high, UInt128 low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>The largest target, 2^256 - 1: every hash meets it.</summary>
    public static Target Easiest { get; } = new(UInt128.MaxValue, UInt128.MaxValue);

    /// <summary>The smallest target, 1.</summary>
    public static Target Hardest { get; } = new(0, 1);

    /// <summary>Whether this is <c>default</c> and thus no target.</summary>
    public bool IsZero => _high == 0 && _low == 0;

    /// <summary>
    /// How many hashes it takes to meet the target on average: 2^256 / (target + 1), exact and rounded down; zero for
    /// <c>default</c>.
    /// </summary>
    public BigInteger Work => IsZero ? BigInteger.Zero : (BigInteger.One << 256) / (ToInteger() + 1);

    /// <summary>The target as its compact form gives it back: what a header holds and a miner works to.</summary>
    public Target Rounded => IsZero ? default : FromCompact(ToCompact());

    /// <summary>Orders two targets by size.</summary>
    /// <param name="left">The first target.</param>
    /// <param name="right">The second target.</param>
    /// <returns>Whether <paramref name="left"/> is harder.</returns>
    public static bool operator <(Target left, Target right) => left.CompareTo(right) < 0;

    /// <summary>Orders two targets by size.</summary>
    /// <param name="left">The first target.</param>
    /// <param name="right">The second target.</param>
    /// <returns>Whether <paramref name="left"/> is easier.</returns>
    public static bool operator >(Target left, Target right) => left.CompareTo(right) > 0;

    /// <summary>Orders two targets by size.</summary>
    /// <param name="left">The first target.</param>
    /// <param name="right">The second target.</param>
    /// <returns>Whether <paramref name="left"/> is no easier.</returns>
    public static bool operator <=(Target left, Target right) => left.CompareTo(right) <= 0;

    /// <summary>Orders two targets by size.</summary>
    /// <param name="left">The first target.</param>
    /// <param name="right">The second target.</param>
    /// <returns>Whether <paramref name="left"/> is no harder.</returns>
    public static bool operator >=(Target left, Target right) => left.CompareTo(right) >= 0;

    /// <summary>Takes a number as a target.</summary>
    /// <param name="value">From 1 to 2^256 - 1.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is outside that range.</exception>
    public static Target FromInteger(BigInteger value)
    {
        if (value.Sign <= 0 || value.GetBitLength() > 256)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A target is from 1 to 2^256 - 1.");
        }

        return new Target((UInt128)(value >> 128), (UInt128)(value & UInt128.MaxValue));
    }

    /// <summary>Reads the compact form from a trusted place, such as a genesis file.</summary>
    /// <param name="compact">Bitcoin's nBits.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The form is negative, too large or zero.</exception>
    public static Target FromCompact(uint compact) =>
        TryFromCompact(compact, out Target target)
            ? target
            : throw new ArgumentOutOfRangeException(nameof(compact), $"0x{compact:x8} is negative, too large or zero.");

    /// <summary>Reads the compact form.</summary>
    /// <remarks>
    /// Some targets have more than one form, as in Bitcoin: 0x01010000 and 0x03000001 are both 1.
    /// <see cref="ToCompact"/> gives the shortest; a caller that accepts one spelling only, as a header does, compares with
    /// that.
    /// </remarks>
    /// <param name="compact">Bitcoin's nBits; any value may be passed.</param>
    /// <param name="target">The target, or <c>default</c> when the form is refused.</param>
    /// <returns>Whether the form stands for a target: not negative, not too large, not zero.</returns>
    public static bool TryFromCompact(uint compact, out Target target)
    {
        target = default;
        int length = (int)(compact >> 24);
        uint mantissa = compact & 0x007fffff;
        bool isNegative = (compact & 0x00800000) != 0;
        if (length < 3)
        {
            mantissa >>= 8 * (3 - length);
        }

        if (mantissa == 0 || isNegative)
        {
            return false;
        }

        BigInteger value = length <= 3 ? mantissa : (BigInteger)mantissa << (8 * (length - 3));
        if (value.GetBitLength() > 256)
        {
            return false;
        }

        target = FromInteger(value);
        return true;
    }

    /// <summary>Writes the compact form, rounding down to what its mantissa holds.</summary>
    /// <returns>Bitcoin's nBits; zero for <c>default</c>.</returns>
    public uint ToCompact()
    {
        BigInteger value = ToInteger();
        int length = (int)((value.GetBitLength() + 7) / 8);
        uint mantissa = length <= 3 ? (uint)value << (8 * (3 - length)) : (uint)(value >> (8 * (length - 3)));
        if ((mantissa & 0x00800000) != 0)
        {
            // That bit is the sign.
            mantissa >>= 8;
            length++;
        }

        return ((uint)length << 24) | mantissa;
    }

    /// <summary>The target as a number.</summary>
    /// <returns>From 0, for <c>default</c>, to 2^256 - 1.</returns>
    public BigInteger ToInteger() => ((BigInteger)_high << 128) | _low;

    /// <summary>Whether a header's hash is work enough.</summary>
    /// <param name="hash">The hash of the header by <see cref="DoubleSha256"/>.</param>
    /// <returns>Whether the hash, its last byte weighing most as in Bitcoin, is at most the target.</returns>
    public bool IsMetBy(Digest hash)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        hash.CopyTo(bytes);
        return IsMetBy(bytes);
    }

    /// <summary>Whether a header's hash is work enough, for a miner's inner loop.</summary>
    /// <param name="hash">The thirty-two bytes of the hash.</param>
    /// <returns>Whether the hash, its last byte weighing most, is at most the target; never for another number of
    /// bytes.</returns>
    public bool IsMetBy(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Digest.Size || IsZero)
        {
            return false;
        }

        UInt128 high = BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]);
        return high < _high || (high == _high && BinaryPrimitives.ReadUInt128LittleEndian(hash) <= _low);
    }

    /// <inheritdoc/>
    public int CompareTo(Target other)
    {
        int order = _high.CompareTo(other._high);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    /// <summary>Writes the number in hexadecimal, most significant digit first.</summary>
    /// <returns>Sixty-four digits.</returns>
    public override string ToString() => $"{_high:x32}{_low:x32}";
}
