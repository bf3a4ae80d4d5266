using Consortium.Ledger.Identifiers;

namespace Consortium.Tests.Primitives;

public sealed class IdentifierTests
{
    private const string LeiText = "5493006O7NV2IXKS4288";
    private const string IsinText = "US0378331005";

    [Fact]
    public void A_lei_has_its_check_digits_added()
    {
        Lei lei = Lei.FromParts("5493006O7NV2IXKS42");
        Assert.Equal(LeiText, lei.ToString());
        Assert.True(Lei.TryParse(LeiText, out Lei read));
        Assert.Equal(lei, read);
    }

    [Fact]
    public void Every_lei_made_from_parts_is_read_back()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Lei lei = Lei.FromParts($"CNSR00MEMBER{i:d6}");
            Assert.True(Lei.TryParse(lei.ToString(), out Lei read));
            Assert.Equal(lei, read);
        }
    }

    [Fact]
    public void A_lei_has_one_pair_of_check_digits_of_all_hundred()
    {
        // 00, 01 and 99 leave the remainder that 97, 98 and 02 do.
        for (int i = 0; i < 200; i++)
        {
            string parts = $"CNSR00MEMBER{i:d6}";
            Assert.Single(Enumerable.Range(0, 100), check => Lei.TryParse($"{parts}{check:d2}", out _));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5493006O7NV2IXKS428")]
    [InlineData("5493006O7NV2IXKS42888")]
    [InlineData("5493006o7nv2ixks4288")]
    [InlineData("5493006O7NV2IXKS42 8")]
    [InlineData(" 5493006O7NV2IXKS4288")]
    [InlineData("5493006O7NV2IXKS42٨٨")]
    [InlineData("00000000000000000000")]
    public void Text_that_is_no_lei_is_refused(string? text)
    {
        Assert.False(Lei.TryParse(text, out Lei lei));
        Assert.Empty(lei.ToString());
    }

    [Theory]
    [InlineData("5493006O7NV2IXKS4")]
    [InlineData("5493006O7NV2IXKS428")]
    [InlineData("5493006O7NV2IXKs42")]
    public void Parts_of_another_shape_are_refused(string parts) =>
        Assert.Throws<ArgumentException>(() => Lei.FromParts(parts));

    [Fact]
    public void Leis_are_ordered_as_their_texts_are()
    {
        string[] parts = ["ZZZZ00000000000000", "000A00000000000000", "00090000000000000Z"];
        Lei[] sorted = [.. parts.Select(Lei.FromParts).Order()];
        Assert.Equal(
            parts.Order(StringComparer.Ordinal),
            sorted.Select(lei => lei.ToString()[..18]),
            StringComparer.Ordinal);
        Assert.True(sorted[0] < sorted[1] && sorted[2] > sorted[1] && sorted[0] <= sorted[1] && sorted[2] >= sorted[1]);
    }

    [Fact]
    public void An_isin_has_its_check_digit_added()
    {
        Assert.Equal(IsinText, Isin.FromParts("US037833100").ToString());
        Assert.Equal("AU0000XVGZA3", Isin.FromParts("AU0000XVGZA").ToString());
        Assert.True(Isin.TryParse(IsinText, out Isin read));
        Assert.Equal(Isin.FromParts("US037833100"), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("US037833100")]
    [InlineData("US03783310055")]
    [InlineData("us0378331005")]
    [InlineData("U10378331005")]
    [InlineData("U-0378331005")]
    [InlineData("US037833100A")]
    [InlineData("US037833100٥")]
    public void Text_that_is_no_isin_is_refused(string? text)
    {
        Assert.False(Isin.TryParse(text, out Isin isin));
        Assert.Empty(isin.ToString());
    }

    [Theory]
    [InlineData("US03783310")]
    [InlineData("1S037833100")]
    [InlineData("US03783310a")]
    public void Isin_parts_of_another_shape_are_refused(string parts) =>
        Assert.Throws<ArgumentException>(() => Isin.FromParts(parts));

    [Theory]
    [InlineData("EUR", 978, 2)]
    [InlineData("JPY", 392, 0)]
    [InlineData("BHD", 48, 3)]
    [InlineData("CLF", 990, 4)]
    [InlineData("XAU", 959, null)]
    public void A_currency_knows_its_minor_units(string text, int numeric, int? minorUnits)
    {
        Assert.True(CurrencyCode.TryParse(text, out CurrencyCode currency));
        Assert.Equal(numeric, currency.Numeric);
        Assert.Equal(minorUnits, currency.MinorUnits);
        Assert.Equal(text, currency.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("eur")]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData("DEM")]
    [InlineData("AAA")]
    public void A_currency_that_is_not_active_is_refused(string? text)
    {
        Assert.False(CurrencyCode.TryParse(text, out CurrencyCode currency));
        Assert.Empty(currency.ToString());
        Assert.Null(currency.MinorUnits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("de")]
    [InlineData("UK")]
    [InlineData("EU")]
    [InlineData("XK")]
    [InlineData("DEU")]
    public void A_country_that_is_not_assigned_is_refused(string? text)
    {
        Assert.False(CountryCode.TryParse(text, out CountryCode country));
        Assert.Empty(country.ToString());
    }

    [Fact]
    public void Codes_are_ordered_alphabetically()
    {
        Assert.True(CurrencyCode.TryParse("CHF", out CurrencyCode franc));
        Assert.True(CurrencyCode.TryParse("EUR", out CurrencyCode euro));
        Assert.True(franc < euro && euro > franc && franc <= euro && euro >= franc && default(CurrencyCode) < franc);
        Assert.True(CountryCode.TryParse("CH", out CountryCode swiss));
        Assert.True(CountryCode.TryParse("DE", out CountryCode german));
        Assert.True(swiss < german && german > swiss && swiss <= german && german >= swiss);
        Assert.True(default(CountryCode) < swiss);
    }
}
