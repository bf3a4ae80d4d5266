using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation.Running;

public sealed class SeedBatchTests
{
    [Fact]
    public void Every_seed_runs_once_and_is_counted()
    {
        var batch = Batch("1..100", _ => true);
        Assert.Equal(100, batch.Sums.Seeds);
        Assert.Equal(200_000, batch.Sums.Ordered);
        Assert.Equal(200, batch.Sums.Failovers);
        Assert.Equal(TimeSpan.FromHours(50), batch.Sums.VirtualTime);
        Assert.Empty(batch.Failures);
    }

    [Fact]
    public void The_earliest_failing_seed_is_found_even_if_a_later_one_fails_sooner()
    {
        using var laterHasFailed = new ManualResetEventSlim();
        var batch = new SeedBatch(
            Seeds("1..1000"),
            seed =>
            {
                if (seed == 5)
                {
                    laterHasFailed.Wait();
                }
                else if (seed == 6)
                {
                    laterHasFailed.Set();
                }

                return seed is 5 or 6 ? Failed(seed) : MadeUp.Clean(new SimulationRequest(seed));
            },
            () => false,
            keepGoing: false);
        batch.Run(workers: 2);
        Assert.Equal([5UL, 6UL], batch.Failures.Select(failure => failure.Request.Seed));
        Assert.InRange(batch.Sums.Seeds, 6, 7);
    }

    [Fact]
    public void It_goes_on_after_a_failure_when_asked()
    {
        var batch = Batch("1..100", seed => seed % 10 != 0, keepGoing: true);
        Assert.Equal(100, batch.Sums.Seeds);
        Assert.Equal(10, batch.Sums.Failed);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (ulong)(10 * i)), batch.Failures.Select(failure => failure.Request.Seed));
    }

    [Fact]
    public void No_seed_is_taken_once_it_is_over()
    {
        var runs = 0;
        var batch = new SeedBatch(
            Seeds("1..1000"),
            seed =>
            {
                runs++;
                return MadeUp.Clean(new SimulationRequest(seed));
            },
            () => runs == 3,
            keepGoing: true);
        batch.Run(workers: 1);
        Assert.Equal(3, batch.Sums.Seeds);
    }

    private static IEnumerable<ulong> Seeds(string range) => SeedRange.TryParse(range, out var parsed) ? parsed.Seeds : [];

    private static SimulationResult Failed(ulong seed) => MadeUp.Failed(new SimulationRequest(seed), "read");

    private static SeedBatch Batch(string range, Func<ulong, bool> isClean, bool keepGoing = false)
    {
        var batch = new SeedBatch(
            Seeds(range), seed => isClean(seed) ? MadeUp.Clean(new SimulationRequest(seed)) : Failed(seed), () => false, keepGoing);
        batch.Run(workers: 3);
        return batch;
    }
}
