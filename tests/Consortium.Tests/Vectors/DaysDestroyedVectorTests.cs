using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Consortium.Ledger.Accounts;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class DaysDestroyedVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Coin_seconds_are_destroyed_as_published()
    {
        foreach (string file in VectorFiles.Find(output, "bitcoin", "days-destroyed.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var total = BigInteger.Zero;
            foreach (JsonElement input in document.RootElement.GetProperty("inputs").EnumerateArray())
            {
                var lot = Lot.Acquired(input.GetProperty("value").GetUInt64(), input.GetProperty("created_time").GetInt64());
                total += Lots.Destroyed([lot], input.GetProperty("spent_time").GetInt64()).Value;
            }

            // Coin-days are this over 100,000,000 times 86,400: equal numerators make the fraction exact.
            Assert.Equal(
                BigInteger.Parse(document.RootElement.GetProperty("coin_seconds_destroyed").GetRawText(), CultureInfo.InvariantCulture),
                total);
        }
    }
}
