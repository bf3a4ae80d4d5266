using System.Numerics;

namespace Consortium.Simulation.Engine;

/// <summary>Random numbers that a seed decides, the same on every machine: xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64.</summary>
internal sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SeededRandom(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>Makes an independent stream: draws from one do not change the other.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="name">The stream's purpose; FNV-1a over its characters selects the stream.</param>
    public static SeededRandom ForStream(ulong seed, string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * 1099511628211UL);
        }

        return new SeededRandom(seed ^ hash);
    }

    public ulong NextUInt64()
    {
        var result = unchecked(BitOperations.RotateLeft(unchecked(_b * 5), 7) * 9);
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>From 0 up to, not including, a bound.</summary>
    public int Next(int bound) => (int)(((UInt128)NextUInt64() * (ulong)bound) >> 64);

    /// <summary>From one number up to, not including, another.</summary>
    public long Next(long from, long to) => from + (long)(((UInt128)NextUInt64() * (ulong)(to - from)) >> 64);

    /// <summary>True so many times in a million.</summary>
    public bool Happens(int perMillion) => perMillion > 0 && Next(1_000_000) < perMillion;

    public TimeSpan Next(TimeSpan from, TimeSpan to) => TimeSpan.FromTicks(Next(from.Ticks, to.Ticks + 1));

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = unchecked((byte)NextUInt64());
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
