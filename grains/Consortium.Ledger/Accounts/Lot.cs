using System.Numerics;

namespace Consortium.Ledger.Accounts;

/// <summary>Part of a holding that was acquired on one UTC day.</summary>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="Quantity">Smallest units.</param>
/// <param name="SecondsOfDay">Sum over the units of the second of <paramref name="Day"/> in which each was acquired.</param>
public readonly record struct Lot(long Day, UInt128 Quantity, UInt128 SecondsOfDay)
{
    /// <summary>Seconds in a day; UTC without leap seconds, as in POSIX time.</summary>
    public const long SecondsPerDay = 86_400;

    /// <summary>The last day that 64 bits of milliseconds reach.</summary>
    public const long DayMax = (long)(ulong.MaxValue / 1000 / SecondsPerDay);

    /// <summary>Sum over the units of the second each was acquired, seconds since 1970.</summary>
    public BigInteger SecondsAcquired => ((BigInteger)Quantity * (Day * SecondsPerDay)) + (BigInteger)SecondsOfDay;

    /// <summary>A lot that was acquired in one second.</summary>
    /// <param name="quantity">Smallest units.</param>
    /// <param name="seconds">Seconds since 1970.</param>
    /// <returns>The lot.</returns>
    public static Lot Acquired(UInt128 quantity, long seconds) =>
        new(seconds / SecondsPerDay, quantity, quantity * (UInt128)(seconds % SecondsPerDay));

    /// <summary>Divides a lot so that both parts together are exactly the whole.</summary>
    /// <param name="quantity">Units in the first part; less than the lot's.</param>
    /// <returns>The first part, whose average second is rounded down, and the rest.</returns>
    public (Lot Taken, Lot Kept) Split(UInt128 quantity)
    {
        Invariant.Holds(quantity < Quantity);

        // Quantities below 2^47 keep the product of seconds (17 bits more) and part within 128 bits.
        var seconds = Quantity < (UInt128.One << 47)
            ? SecondsOfDay * quantity / Quantity
            : (UInt128)((BigInteger)SecondsOfDay * (BigInteger)quantity / (BigInteger)Quantity);
        return (new Lot(Day, quantity, seconds), new Lot(Day, Quantity - quantity, SecondsOfDay - seconds));
    }
}
