using Consortium.Simulation.Checkers;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Reporting;
using Consortium.Simulation.Running;
using Spectre.Console;

namespace Consortium.Tests.Simulation.Running;

public sealed class ReportTests
{
    [Fact]
    public void The_table_has_the_sums_and_the_rates()
    {
        var sums = new RunSums();
        for (var seed = 1UL; seed < 10; seed++)
        {
            sums.Add(MadeUp.Clean(new SimulationRequest(seed)), TimeSpan.FromSeconds(2));
        }

        sums.Add(MadeUp.Failed(new SimulationRequest(10), "read", FaultKind.SiloKilled, FaultKind.SiloKilled), TimeSpan.FromSeconds(2));
        var rows = Rows(writer => SummaryTable.Write(writer, sums, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16)));
        Assert.Equal("10", rows["seeds"]);
        Assert.Equal("1", rows["failed"]);
        Assert.Equal("5.0", rows["virtual hours"]);
        Assert.Equal("20,000", rows["transactions ordered"]);
        Assert.Equal("25,000", rows["transactions submitted"]);
        Assert.Equal("4,000", rows["refused"]);
        Assert.Equal("700", rows["reads"]);
        Assert.Equal("500", rows["blocks"]);
        Assert.Equal("20", rows["failovers"]);
        Assert.Equal("10.0", rows["real seconds"]);
        Assert.Equal("16.0", rows["processor seconds"]);
        Assert.Equal("1,000", rows["ordered per second and thread"]);
        Assert.Equal("1,250", rows["ordered per processor second"]);
        Assert.Equal("3,600", rows["seeds per hour"]);
        Assert.Equal("2", rows[nameof(FaultKind.SiloKilled)]);
        Assert.All(Enum.GetNames<FaultKind>(), kind => Assert.True(rows.ContainsKey(kind), kind));
    }

    [Fact]
    public void A_table_of_nothing_has_no_rates()
    {
        var rows = Rows(writer => SummaryTable.Write(writer, new RunSums(), TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal("0", rows["seeds"]);
        Assert.Equal("-", rows["ordered per second and thread"]);
    }

    [Fact]
    public void A_failure_names_seed_checker_detail_events_and_the_command()
    {
        using var writer = new StringWriter();
        FailureText.Write(writer, MadeUp.Failed(new SimulationRequest(42) { Transactions = 5 }, "read"));
        Assert.Equal(
            """
            seed 42 FAILED after 1800.0 virtual seconds: checker 'read'
              one thing
              and another
            last events:
              1.0000000 Note world first
              2.0000000 Note world last
            replay:
              dotnet run -c Release --project tests/Consortium.Simulation -- --seed 42 --transactions 5

            """,
            writer.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Progress_names_the_seed_that_takes_longest() => Assert.Equal(
        "3 of 10 seeds, 1 failed, 6000 transactions in 12 s; longest under way: seed 4, 7 s",
        BatchDisplay.Line(new BatchProgress(3, 1, 6_000, 4, TimeSpan.FromSeconds(7)), TimeSpan.FromSeconds(12), 10));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_bar_is_drawn_until_the_batch_has_ended(bool countIsKnown)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
        });
        console.Profile.Width = 160;
        var batch = new SeedBatch([1, 2], seed => MadeUp.Clean(new SimulationRequest(seed)), () => false, keepGoing: false);
        var runner = new Thread(() => batch.Run(workers: 1));
        runner.Start();
        BatchDisplay.ShowBar(console, batch, runner, countIsKnown ? 2 : null, countIsKnown ? null : TimeSpan.FromSeconds(1));
        Assert.False(runner.IsAlive);
        Assert.Contains("0 failed", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_has_every_checker_with_its_rule_and_every_kind_of_fault()
    {
        Assert.Equal(CheckerSet.Names, Listing.Checkers().Select(checker => checker.Name), StringComparer.Ordinal);
        Assert.All(Listing.Checkers(), checker => Assert.EndsWith(".", checker.Rule, StringComparison.Ordinal));
        using var writer = new StringWriter();
        Listing.Write(writer);
        Assert.All(SwitchableFaults.All, kind => Assert.Contains($"  {kind}", writer.ToString(), StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Rows(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString()
            .Split('\n')
            .Select(line => line.Split('│', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6)
            .SelectMany(cells => new[] { (Name: cells[1], Value: cells[2]), (Name: cells[3], Value: cells[4]) })
            .Where(cell => cell.Name.Length > 0)
            .ToDictionary(cell => cell.Name, cell => cell.Value, StringComparer.Ordinal);
    }
}
