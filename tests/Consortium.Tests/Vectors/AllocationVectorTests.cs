using System.Globalization;
using System.Text.Json;
using Consortium.Ledger.Amounts;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class AllocationVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_case_is_divided_as_published()
    {
        foreach (string file in VectorFiles.Find(output, "rounding", "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (JsonElement testCase in document.RootElement.GetProperty("cases").EnumerateArray())
            {
                UInt128[] ratios = [.. testCase.GetProperty("ratios").EnumerateArray()
                    .Select(ratio => UInt128.Parse(ratio.GetRawText(), CultureInfo.InvariantCulture))];
                Int128[] expected = [.. testCase.GetProperty("expected").EnumerateArray().Select(Signed)];
                Assert.Equal(expected, Allocation.Divide(Signed(testCase.GetProperty("amount")), ratios));
            }
        }
    }

    private static Int128 Signed(JsonElement number) => Int128.Parse(number.GetRawText(), CultureInfo.InvariantCulture);
}
