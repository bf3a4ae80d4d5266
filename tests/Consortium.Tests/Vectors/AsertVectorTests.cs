using System.Globalization;
using Consortium.Ledger.Work;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class AsertVectorTests(ITestOutputHelper output)
{
    private const long IdealIntervalSeconds = 600;
    private const long HalfLifeSeconds = 172_800;

    private static readonly Target Limit = Target.FromCompact(0x1d00ffff);

    [Fact]
    public void Every_step_of_every_run_has_the_published_target()
    {
        foreach (string file in VectorFiles.Find(output, "asert", "run*"))
        {
            string[] lines = File.ReadAllLines(file);
            long anchorHeight = Number(Header(lines, "anchor height"));
            long anchorParentTime = Number(Header(lines, "anchor parent time"));
            Target anchor = Target.FromCompact(Bits(Header(lines, "anchor nBits")));
            int steps = 0;
            foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#'))
            {
                string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                Target next = Asert.Next(
                    anchor,
                    Number(fields[2]) - anchorParentTime,
                    Number(fields[1]) - anchorHeight,
                    IdealIntervalSeconds,
                    HalfLifeSeconds,
                    Limit);
                Assert.True(
                    Bits(fields[3]) == next.ToCompact(),
                    $"{Path.GetFileName(file)} iteration {fields[0]}: 0x{next.ToCompact():x8} instead of {fields[3]}");
                steps++;
            }

            Assert.Equal(Number(Header(lines, "iterations")), steps);
        }
    }

    [Fact]
    public void Milliseconds_give_the_targets_that_seconds_give()
    {
        foreach (string file in VectorFiles.Find(output, "asert", "run*"))
        {
            string[] lines = File.ReadAllLines(file);
            Target anchor = Target.FromCompact(Bits(Header(lines, "anchor nBits")));
            foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#'))
            {
                string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                long milliseconds = (Number(fields[2]) - Number(Header(lines, "anchor parent time"))) * 1000;
                long heights = Number(fields[1]) - Number(Header(lines, "anchor height"));
                Target next = Asert.Next(
                    anchor, milliseconds, heights, IdealIntervalSeconds * 1000, HalfLifeSeconds * 1000, Limit);
                Assert.Equal(Bits(fields[3]), next.ToCompact());
            }
        }
    }

    private static string Header(string[] lines, string name) =>
        lines.Single(line => line.StartsWith($"##   {name}:", StringComparison.Ordinal)).Split(':')[1].Trim();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static uint Bits(string text) =>
        uint.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
