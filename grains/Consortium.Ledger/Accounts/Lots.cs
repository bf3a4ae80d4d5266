using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Consortium.Ledger.Amounts;

namespace Consortium.Ledger.Accounts;

/// <summary>The lots of a positive holding, by day of acquisition; the oldest leave first.</summary>
/// <remarks>
/// Never changed, only replaced. Lots are ordered by day and no two share one. At most
/// <see cref="LedgerLimits.LotsMax"/> lots are kept: beyond it the oldest become one lot of their average day, and the sum
/// of seconds stays exact.
/// </remarks>
public sealed class Lots : IEquatable<Lots>
{
    private readonly Lot[] _lots;

    private Lots(Lot[] lots) => _lots = lots;

    /// <summary>No lots.</summary>
    public static Lots None { get; } = new([]);

    /// <summary>The lots, oldest first.</summary>
    public IReadOnlyList<Lot> Items => _lots;

    /// <summary>Units in all lots.</summary>
    public UInt128 Quantity
    {
        get
        {
            var sum = UInt128.Zero;
            foreach (var lot in _lots)
            {
                sum += lot.Quantity;
            }

            return sum;
        }
    }

    /// <summary>Puts lots together.</summary>
    /// <param name="lots">In any order.</param>
    /// <returns>The lots by day.</returns>
    public static Lots From(IEnumerable<Lot> lots) => None.Add([.. lots]);

    /// <summary>The coin-seconds that lots destroy when they move to another owner at a time.</summary>
    /// <param name="lots">The lots that move.</param>
    /// <param name="nowSeconds">Seconds since 1970.</param>
    /// <returns>Units times seconds held.</returns>
    public static CoinSeconds Destroyed(ReadOnlySpan<Lot> lots, long nowSeconds)
    {
        CoinSeconds sum = default;
        foreach (var lot in lots)
        {
            sum += CoinSeconds.Destroyed(lot.Quantity, lot.SecondsAcquired, nowSeconds);
        }

        return sum;
    }

    /// <summary>Adds a lot to its day.</summary>
    /// <param name="lot">The lot; an empty one changes nothing.</param>
    /// <returns>The lots with it.</returns>
    public Lots Add(Lot lot)
    {
        if (lot.Quantity == UInt128.Zero)
        {
            return this;
        }

        var at = _lots.Length;
        while (at > 0 && _lots[at - 1].Day > lot.Day)
        {
            at--;
        }

        if (at > 0 && _lots[at - 1].Day == lot.Day)
        {
            var merged = (Lot[])_lots.Clone();
            merged[at - 1] = new Lot(
                lot.Day,
                merged[at - 1].Quantity + lot.Quantity,
                merged[at - 1].SecondsOfDay + lot.SecondsOfDay);
            return new Lots(merged);
        }

        var longer = new Lot[_lots.Length + 1];
        _lots.AsSpan(0, at).CopyTo(longer);
        longer[at] = lot;
        _lots.AsSpan(at).CopyTo(longer.AsSpan(at + 1));
        return new Lots(MergeOldest(longer));
    }

    /// <summary>Adds lots to their days.</summary>
    /// <param name="lots">In any order.</param>
    /// <returns>The lots with them.</returns>
    public Lots Add(IReadOnlyList<Lot> lots)
    {
        var sorted = new List<Lot>(_lots.Length + lots.Count);
        sorted.AddRange(_lots);
        sorted.AddRange(lots);
        sorted.Sort((left, right) => left.Day.CompareTo(right.Day));
        var byDay = new List<Lot>(sorted.Count);
        foreach (var lot in sorted)
        {
            if (byDay.Count > 0 && byDay[^1].Day == lot.Day)
            {
                byDay[^1] = new Lot(lot.Day, byDay[^1].Quantity + lot.Quantity, byDay[^1].SecondsOfDay + lot.SecondsOfDay);
            }
            else if (lot.Quantity > UInt128.Zero)
            {
                byDay.Add(lot);
            }
        }

        return byDay.Count == 0 ? None : new Lots(MergeOldest([.. byDay]));
    }

    /// <summary>Splits off a quantity, from the oldest lots first.</summary>
    /// <param name="quantity">At most <see cref="Quantity"/>.</param>
    /// <returns>The lots taken, oldest first, and what stays.</returns>
    public (Lot[] Taken, Lots Kept) Take(UInt128 quantity)
    {
        var taken = new List<Lot>(1);
        var next = 0;
        Lot? remainder = null;
        while (quantity > UInt128.Zero)
        {
            Invariant.Holds(next < _lots.Length);
            var lot = _lots[next++];
            if (lot.Quantity > quantity)
            {
                (lot, remainder) = lot.Split(quantity);
            }

            taken.Add(lot);
            quantity -= lot.Quantity;
        }

        if (remainder is null)
        {
            return ([.. taken], next == _lots.Length ? None : new Lots(_lots[next..]));
        }

        var rest = _lots[(next - 1)..];
        rest[0] = remainder.Value;
        return ([.. taken], new Lots(rest));
    }

    /// <summary>Compares lot by lot.</summary>
    /// <param name="other">The other lots.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(Lots? other) => other is not null && _lots.AsSpan().SequenceEqual(other._lots);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Lots);

    /// <inheritdoc/>
    public override int GetHashCode() => _lots.Length;

    /// <summary>Makes lots from stored ones; fails unless they are in order of day, none empty, no two of one day.</summary>
    internal static bool TryFromOrdered(Lot[] lots, [NotNullWhen(true)] out Lots? ordered)
    {
        ordered = null;
        for (var i = 0; i < lots.Length; i++)
        {
            if (lots[i].Quantity == UInt128.Zero || (i > 0 && lots[i - 1].Day >= lots[i].Day))
            {
                return false;
            }
        }

        ordered = lots.Length == 0 ? None : new Lots(lots);
        return true;
    }

    // The average day keeps the seconds of day below a day for each unit, however far apart the days are.
    private static Lot[] MergeOldest(Lot[] lots)
    {
        var excess = lots.Length - LedgerLimits.LotsMax;
        if (excess <= 0)
        {
            return lots;
        }

        var (quantity, seconds) = (UInt128.Zero, BigInteger.Zero);
        foreach (var lot in lots.AsSpan(0, excess + 1))
        {
            quantity += lot.Quantity;
            seconds += lot.SecondsAcquired;
        }

        var secondsPerDay = (BigInteger)quantity * Lot.SecondsPerDay;
        var merged = lots[excess..];
        merged[0] = new Lot((long)(seconds / secondsPerDay), quantity, (UInt128)(seconds % secondsPerDay));
        return merged;
    }
}
