using System.Globalization;
using Consortium.Ledger.Identifiers;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class IsoTableVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_active_currency_has_the_published_number_and_minor_units()
    {
        foreach (string file in VectorFiles.Find(output, "iso", "currency-codes-all.csv"))
        {
            foreach (IReadOnlyDictionary<string, string> row in Active(file))
            {
                string code = row["AlphabeticCode"];
                Assert.True(CurrencyCode.TryParse(code, out CurrencyCode currency), code);
                Assert.Equal(code, currency.ToString());
                Assert.Equal(int.Parse(row["NumericCode"], CultureInfo.InvariantCulture), currency.Numeric);
                string published = row["MinorUnit"];
                int? minorUnits = published == "-" ? null : int.Parse(published, CultureInfo.InvariantCulture);
                Assert.Equal(minorUnits, currency.MinorUnits);
            }
        }
    }

    [Fact]
    public void No_currency_is_known_that_is_not_published_as_active()
    {
        foreach (string file in VectorFiles.Find(output, "iso", "currency-codes-all.csv"))
        {
            Assert.Equal(
                new SortedSet<string>(Active(file).Select(row => row["AlphabeticCode"]), StringComparer.Ordinal),
                CurrencyCode.Active,
                StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Exactly_the_published_countries_are_known()
    {
        foreach (string file in VectorFiles.Find(output, "iso", "country-codes.csv"))
        {
            string[] codes = [.. Csv.Read(file).Select(row => row["ISO3166-1-Alpha-2"]).Order(StringComparer.Ordinal)];
            Assert.Equal(codes, CountryCode.Assigned, StringComparer.Ordinal);
            Assert.All(codes, code =>
            {
                Assert.True(CountryCode.TryParse(code, out CountryCode country), code);
                Assert.Equal(code, country.ToString());
            });
        }
    }

    private static IEnumerable<IReadOnlyDictionary<string, string>> Active(string file) => Csv.Read(file)
        .Where(row => row["WithdrawalDate"].Length == 0 && row["AlphabeticCode"].Length > 0);
}
