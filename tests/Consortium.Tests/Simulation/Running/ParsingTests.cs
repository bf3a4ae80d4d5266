using Consortium.Simulation.Faults;
using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation.Running;

public sealed class ParsingTests
{
    [Theory]
    [InlineData("1..3", new ulong[] { 1, 2, 3 })]
    [InlineData("7..7", new ulong[] { 7 })]
    [InlineData("18446744073709551614..18446744073709551615", new[] { ulong.MaxValue - 1, ulong.MaxValue })]
    public void A_range_is_its_seeds_with_both_ends(string text, ulong[] seeds)
    {
        Assert.True(SeedRange.TryParse(text, out var range));
        Assert.Equal(seeds, range.Seeds);
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("5")]
    [InlineData("3..1")]
    [InlineData("-1..3")]
    [InlineData("1...3")]
    [InlineData("1..")]
    [InlineData("1..2..3")]
    [InlineData("0..18446744073709551616")]
    public void What_is_no_range_is_refused(string? text) => Assert.False(SeedRange.TryParse(text, out _));

    [Theory]
    [InlineData("60s", 60)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7_200)]
    public void A_time_is_a_number_and_a_unit(string text, int seconds)
    {
        Assert.True(Durations.TryParseWithUnit(text, out var time));
        Assert.Equal(TimeSpan.FromSeconds(seconds), time);
    }

    [Theory]
    [InlineData("60")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("25h")]
    [InlineData("1d")]
    [InlineData("99999999999999999999999999999999h")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Durations.TryParseWithUnit(text, out _));

    [Fact]
    public void Known_seeds_are_lines_with_comments_between_them()
    {
        var seeds = KnownSeeds.Parse("# all of them\n\n42  # shard: one part was missing\r\n  7\n");
        Assert.Equal([new KnownSeed(42, "shard: one part was missing"), new KnownSeed(7, "")], seeds);
    }

    [Fact]
    public void A_line_that_is_no_seed_is_named()
    {
        var exception = Assert.Throws<UsageException>(() => KnownSeeds.Parse("1\nx2 # what\n"));
        Assert.Contains("Line 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'x2'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_beside_the_program_can_be_read() => Assert.NotNull(KnownSeeds.Read());

    [Fact]
    public void The_command_of_a_request_asks_for_that_request()
    {
        var request = new SimulationRequest(42)
        {
            Transactions = 17,
            Duration = TimeSpan.FromTicks(123_456_789),
            Without = [FaultKind.SiloKilled, FaultKind.ClockDrift],
        };
        var options = new ProgramOptions();
        var parsed = options.Root(_ => 0).Parse(ReplayCommand.Arguments(request).Split(' '));
        Assert.Empty(parsed.Errors);
        var asked = CommandLine.Request(options, parsed);
        Assert.Equal(request.Without, asked.Without);
        Assert.Equal(request, asked with { Without = request.Without });
        Assert.Equal(
            "dotnet run -c Release --project tests/Consortium.Simulation -- --seed 42 --transactions 17 --seconds 12.3456789 --without SiloKilled,ClockDrift",
            ReplayCommand.For(request));
        Assert.Equal("--seed 5", ReplayCommand.Arguments(new SimulationRequest(5)));
    }
}
