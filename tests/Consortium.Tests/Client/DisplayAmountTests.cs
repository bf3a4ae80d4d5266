using System.Globalization;
using Consortium.Client.Amounts;

namespace Consortium.Tests.Client;

public sealed class DisplayAmountTests
{
    [Theory]
    [InlineData("12.50", 2, "1250")]
    [InlineData("12.5", 2, "1250")]
    [InlineData("12", 2, "1200")]
    [InlineData("0.01", 2, "1")]
    [InlineData("0", 0, "0")]
    [InlineData("007", 0, "7")]
    [InlineData("0.000000000000000001", 18, "1")]
    [InlineData("79228162514.264337593543950335", 18, "79228162514264337593543950335")]
    [InlineData("0.1", 1, "1")]
    public void An_amount_is_moved_to_smallest_units_exactly(string text, uint decimals, string units)
    {
        Assert.Null(DisplayAmount.TryParse(text, decimals, out var read));
        Assert.Equal(UInt128.Parse(units, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("12.501", 2)]
    [InlineData("12.500", 2)]
    [InlineData("1.0", 0)]
    [InlineData("", 2)]
    [InlineData(null, 2)]
    [InlineData(".5", 2)]
    [InlineData("5.", 2)]
    [InlineData("-1", 2)]
    [InlineData("+1", 2)]
    [InlineData("1e3", 2)]
    [InlineData("1,000", 2)]
    [InlineData("1.2.3", 2)]
    [InlineData(" 1", 2)]
    [InlineData("١", 2)]
    [InlineData("79228162514264337593543950336", 0)]
    [InlineData("340282366920938463463374607431768211456", 0)]
    public void What_is_not_exactly_an_amount_is_refused(string? text, uint decimals)
    {
        Assert.NotNull(DisplayAmount.TryParse(text, decimals, out var units));
        Assert.Equal(UInt128.Zero, units);
    }

    [Theory]
    [InlineData("1250", 2, "12.50")]
    [InlineData("-1250", 2, "-12.50")]
    [InlineData("1", 18, "0.000000000000000001")]
    [InlineData("-5", 1, "-0.5")]
    [InlineData("0", 2, "0.00")]
    [InlineData("7", 0, "7")]
    [InlineData("-170141183460469231731687303715884105728", 2, "-1701411834604692317316873037158841057.28")]
    public void Units_are_written_with_all_decimals(string units, uint decimals, string text) =>
        Assert.Equal(text, DisplayAmount.Format(Int128.Parse(units, CultureInfo.InvariantCulture), decimals));

    [Fact]
    public void Reading_what_was_written_gives_the_same_units()
    {
        var random = new Random(1);
        for (var i = 0; i < 1_000; i++)
        {
            var units = (UInt128)random.NextInt64() * (UInt128)random.Next();
            var decimals = (uint)random.Next(19);
            Assert.Null(DisplayAmount.TryParse(DisplayAmount.Format((Int128)units, decimals), decimals, out var read));
            Assert.Equal(units, read);
        }
    }
}
