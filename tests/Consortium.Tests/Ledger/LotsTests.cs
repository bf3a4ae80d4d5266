using System.Numerics;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;

namespace Consortium.Tests.Ledger;

public sealed class LotsTests
{
    private const long Day = Lot.SecondsPerDay;

    [Fact]
    public void Units_of_one_day_are_one_lot_and_days_stand_in_order()
    {
        var lots = Lots.From([Lot.Acquired(5, (3 * Day) + 7), Lot.Acquired(2, Day), Lot.Acquired(4, (3 * Day) + 9), Lot.Acquired(0, 0)]);
        Assert.Equal([new Lot(1, 2, 0), new Lot(3, 9, (5 * 7) + (4 * 9))], lots.Items);
        Assert.Equal((UInt128)11, lots.Quantity);
    }

    [Fact]
    public void The_oldest_units_are_taken_first()
    {
        var lots = Lots.From([Lot.Acquired(5, Day), Lot.Acquired(7, 2 * Day), Lot.Acquired(1, 3 * Day)]);
        var (taken, kept) = lots.Take(8);
        Assert.Equal([Lot.Acquired(5, Day), Lot.Acquired(3, 2 * Day)], taken);
        Assert.Equal([Lot.Acquired(4, 2 * Day), Lot.Acquired(1, 3 * Day)], kept.Items);
        Assert.Equal(lots, lots.Take(0).Kept);
        Assert.Empty(lots.Take(13).Kept.Items);
        Assert.Throws<InvariantBrokenException>(() => lots.Take(14));
    }

    [Theory]
    [InlineData(3, 100, 1)]
    [InlineData(3, 100, 2)]
    [InlineData(86_400, 86_399, 12_345)]
    public void A_split_keeps_the_sum_of_seconds(ulong quantity, ulong seconds, ulong part)
    {
        var (taken, kept) = new Lot(10, quantity, seconds).Split(part);
        Assert.Equal((UInt128)quantity, taken.Quantity + kept.Quantity);
        Assert.Equal((UInt128)seconds, taken.SecondsOfDay + kept.SecondsOfDay);
        Assert.Equal((UInt128)(seconds * part / quantity), taken.SecondsOfDay);
    }

    [Fact]
    public void A_split_is_exact_for_the_largest_quantities_and_on_both_sides_of_128_bits()
    {
        foreach (var quantity in new[] { (UInt128.One << 47) - 1, UInt128.One << 47, (UInt128.One << 47) + 1, LedgerLimits.AuthorisedMax })
        {
            var whole = new Lot(20_000, quantity, (quantity * 86_399) - 5);
            var (taken, kept) = whole.Split(quantity / 3);
            Assert.Equal(whole.SecondsAcquired, taken.SecondsAcquired + kept.SecondsAcquired);
            Assert.Equal(
                (BigInteger)whole.SecondsOfDay * (BigInteger)(quantity / 3) / (BigInteger)quantity,
                (BigInteger)taken.SecondsOfDay);
        }
    }

    [Fact]
    public void Age_is_never_negative()
    {
        Assert.Equal(default, Lots.Destroyed([Lot.Acquired(5, 100)], 99));
        Assert.Equal(default, Lots.Destroyed([Lot.Acquired(5, 100)], 100));
        Assert.Equal(5, Lots.Destroyed([Lot.Acquired(5, 100)], 101).Value);

        // A lot from the future takes nothing from another's age.
        Assert.Equal(10, Lots.Destroyed([Lot.Acquired(5, 98), Lot.Acquired(5, 1_000)], 100).Value);
    }

    [Fact]
    public void Lots_beyond_366_days_are_kept_with_the_oldest_and_no_second_is_lost()
    {
        var lots = Lots.None;
        BigInteger seconds = 0;
        for (var day = 0; day < 1_000; day++)
        {
            var lot = Lot.Acquired((UInt128)(day + 1), (day * Day) + (day % 86_400));
            seconds += lot.SecondsAcquired;
            lots = lots.Add(lot);
        }

        Assert.Equal(LedgerLimits.LotsMax, lots.Items.Count);
        Assert.Equal(2 * 634 / 3, lots.Items[0].Day);
        Assert.Equal(seconds, lots.Items.Aggregate(BigInteger.Zero, (sum, lot) => sum + lot.SecondsAcquired));

        // One that is older than all of them joins them too.
        var older = lots.Add(Lot.Acquired(9, 0));
        Assert.Equal(LedgerLimits.LotsMax, older.Items.Count);
        Assert.Equal(seconds, older.Items.Aggregate(BigInteger.Zero, (sum, lot) => sum + lot.SecondsAcquired));
        Assert.All(older.Items, lot => Assert.True(lot.SecondsOfDay < lot.Quantity * (UInt128)Day));
    }

    [Fact]
    public void A_hundred_and_thirty_years_of_the_largest_authorised_amount_stay_exact()
    {
        var each = LedgerLimits.AuthorisedMax / 400;
        var lots = Lots.None;
        BigInteger seconds = 0;
        for (var i = 0; i < 400; i++)
        {
            var lot = Lot.Acquired(i == 399 ? LedgerLimits.AuthorisedMax - (each * 399) : each, (19_000L + (i * 118)) * Day);
            seconds += lot.SecondsAcquired;
            lots = lots.Add(lot);
        }

        var now = 70_000 * Day;
        Assert.Equal(LedgerLimits.AuthorisedMax, lots.Quantity);
        Assert.Equal(((BigInteger)LedgerLimits.AuthorisedMax * now) - seconds, Lots.Destroyed([.. lots.Items], now).Value);
        var (taken, kept) = lots.Take(LedgerLimits.AuthorisedMax - 1);
        Assert.Equal(seconds, taken.Concat(kept.Items).Aggregate(BigInteger.Zero, (sum, lot) => sum + lot.SecondsAcquired));
    }

    [Fact]
    public void Lots_at_the_ends_of_time_stay_exact()
    {
        var last = (long)(ulong.MaxValue / 1000);
        var lots = Lots.From(Enumerable.Range(0, LedgerLimits.LotsMax + 1)
            .Select(i => Lot.Acquired(LedgerLimits.AuthorisedMax / 400, i == 0 ? 0 : last - (i * Day))));
        Assert.Equal(LedgerLimits.LotsMax, lots.Items.Count);
        Assert.Equal(
            lots.Items.Aggregate(BigInteger.Zero, (sum, lot) => sum + ((BigInteger)lot.Quantity * last) - lot.SecondsAcquired),
            Lots.Destroyed([.. lots.Items], last).Value);
    }
}
