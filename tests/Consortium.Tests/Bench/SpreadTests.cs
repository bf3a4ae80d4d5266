using Consortium.Bench;

namespace Consortium.Tests.Bench;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(new[] { 2.0 }, 2.0, 2.0, 2.0)]
    [InlineData(new[] { 3.0, 1.0 }, 2.0, 1.0, 3.0)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2.0, 1.0, 9.0)]
    [InlineData(new[] { 4.0, 1.0, 100.0, 2.0 }, 3.0, 1.0, 100.0)]
    [InlineData(new[] { 1.4, 1.95, 1.5, 1.6, 1.45 }, 1.5, 1.4, 1.95)]
    [InlineData(new[] { -1.0, double.PositiveInfinity, 0.0 }, 0.0, -1.0, double.PositiveInfinity)]
    public void The_median_is_in_the_middle_whatever_the_order(double[] values, double median, double min, double max)
    {
        Assert.Equal(new Spread(median, min, max, values.Length), Spread.Of(values));
        Assert.Equal(new Spread(median, min, max, values.Length), Spread.Of(values.Reverse()));
    }

    [Fact]
    public void Nothing_and_what_is_no_number_have_no_median()
    {
        Assert.Throws<ArgumentException>(() => Spread.Of([]));
        Assert.Throws<ArgumentException>(() => Spread.Of([1, double.NaN]));
    }

    [Theory]
    [InlineData(1.9, true, true)]
    [InlineData(1.91, true, false)]
    [InlineData(1.9, false, true)]
    [InlineData(1.89, false, false)]
    public void The_median_decides_whether_a_goal_is_reached(double median, bool atMost, bool reached) =>
        Assert.Equal(reached, new Figure("x", new Spread(median, 0, 100, 5), 1.9, atMost, "").Reached);

    [Fact]
    public async Task Two_things_are_measured_in_turns()
    {
        var order = new List<string>();
        var pairs = await Turns.RunAsync(3, () => Note("a"), () => Note("b"));
        Assert.Equal(["a", "b", "a", "b", "a", "b"], order);
        Assert.Equal([(1, 2), (3, 4), (5, 6)], pairs);

        Task<int> Note(string what)
        {
            order.Add(what);
            return Task.FromResult(order.Count);
        }
    }

    [Fact]
    public void Rows_are_chosen_by_their_keys()
    {
        Assert.Null(BenchOptions.TryRead(["--rows", "hashes,transfers", "--json"], out var options));
        Assert.Equal(["transfers", "hashes"], options.Rows.Select(row => row.Key), StringComparer.Ordinal);
        Assert.True(options.Json);
        Assert.Null(BenchOptions.TryRead([], out options));
        Assert.Equal(BenchRows.OneSilo.Count, options.Rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Null(BenchOptions.TryRead(["--cluster"], out options));
        Assert.Equal("cluster", Assert.Single(options.Rows).Key);
    }

    [Theory]
    [InlineData("is not an option", "--row", "hashes")]
    [InlineData("lacks its value", "--rows")]
    [InlineData("'tea', which is no row", "--rows", "hashes,tea")]
    [InlineData("names no row", "--rows", ",")]
    [InlineData("Give some of cluster", "--cluster", "--rows", "hashes")]
    public void What_is_no_option_or_no_row_is_said_with_what_may_be_given(string says, params string[] arguments) =>
        Assert.Contains(says, BenchOptions.TryRead(arguments, out _), StringComparison.Ordinal);
}
