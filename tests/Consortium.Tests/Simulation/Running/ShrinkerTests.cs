using Consortium.Simulation.Faults;
using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation.Running;

public sealed class ShrinkerTests
{
    private static readonly FaultKind[] Kinds = [FaultKind.MessageLost, FaultKind.Partition, FaultKind.SiloKilled, FaultKind.IndexLost, FaultKind.MinerLate];

    [Fact]
    public void What_the_failure_does_not_need_is_taken_away()
    {
        // Fails whenever there are kills and lost indexes, time and transactions enough.
        var smallest = Shrink(request => Plan(request) is { Transactions: >= 100 } plan
            && plan.Duration >= TimeSpan.FromSeconds(40)
            && !request.Without.Contains(FaultKind.SiloKilled)
            && !request.Without.Contains(FaultKind.IndexLost));
        Assert.DoesNotContain(FaultKind.SiloKilled, smallest.Without);
        Assert.DoesNotContain(FaultKind.IndexLost, smallest.Without);
        Assert.Superset(new HashSet<FaultKind> { FaultKind.MessageLost, FaultKind.Partition, FaultKind.MinerLate }, smallest.Without.ToHashSet());
        Assert.InRange(smallest.Transactions!.Value, 100, 150);
        Assert.InRange(smallest.Duration!.Value, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_failure_that_needs_nothing_loses_all_faults_in_one_run()
    {
        var runs = new List<SimulationRequest>();
        var smallest = Shrink(_ => true, runs);
        Assert.Superset(Kinds.ToHashSet(), runs[0].Without.ToHashSet());
        Assert.Superset(Kinds.ToHashSet(), smallest.Without.ToHashSet());
    }

    [Fact]
    public void What_only_follows_from_faults_is_not_switched_off()
    {
        static SimulationResult Failed(SimulationRequest request) => MadeUp.Failed(request, "read", FaultKind.GatewayRetried, FaultKind.MessageLost);
        Assert.DoesNotContain(FaultKind.GatewayRetried, new Shrinker(Failed).Shrink(Failed(new SimulationRequest(1))).Request.Without);
    }

    [Fact]
    public void A_failure_that_needs_everything_stays_as_it_is()
    {
        var request = new SimulationRequest(1);
        var failed = MadeUp.Failed(request, "read", Kinds);
        var shrinker = new Shrinker(MadeUp.Clean);
        Assert.Same(failed, shrinker.Shrink(failed));
        Assert.InRange(shrinker.Runs, 1, Shrinker.DefaultRunsMax);
    }

    [Fact]
    public void Another_checkers_failure_does_not_count()
    {
        var failed = MadeUp.Failed(new SimulationRequest(1), "read", Kinds);
        Assert.Same(failed, new Shrinker(request => MadeUp.Failed(request, "shard", Kinds)).Shrink(failed));
    }

    [Fact]
    public void Effort_is_bounded_and_what_was_found_until_then_counts()
    {
        var shrinker = new Shrinker(request => MadeUp.Failed(request, "read", Kinds), runsMax: 3);
        var smallest = shrinker.Shrink(MadeUp.Failed(new SimulationRequest(1), "read", Kinds));
        Assert.Equal(3, shrinker.Runs);
        Assert.NotEmpty(smallest.Request.Without);
    }

    [Fact]
    public void The_same_failure_shrinks_in_the_same_steps()
    {
        var (first, second) = (new List<SimulationRequest>(), new List<SimulationRequest>());
        static bool Fails(SimulationRequest request) => Plan(request).Transactions % 7 != 0 && !request.Without.Contains(FaultKind.Partition);
        Shrink(Fails, first);
        Shrink(Fails, second);
        Assert.Equal(first.Select(ReplayCommand.For), second.Select(ReplayCommand.For), StringComparer.Ordinal);
    }

    [Fact]
    public void A_run_is_cut_where_it_failed_with_clients_at_the_same_pace()
    {
        var runs = new List<SimulationRequest>();
        Shrink(_ => false, runs, TimeSpan.FromSeconds(100));
        var (whole, cut) = (Plan(new SimulationRequest(1)), Plan(runs[0]));
        Assert.InRange(cut.Duration, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(101));
        Assert.Equal(whole.RequestInterval.TotalMilliseconds, cut.RequestInterval.TotalMilliseconds, 3);
    }

    private static SimulationPlan Plan(SimulationRequest request) => new(request);

    private static SimulationRequest Shrink(Func<SimulationRequest, bool> fails, List<SimulationRequest>? runs = null, TimeSpan? failedAt = null)
    {
        var shrinker = new Shrinker(request =>
        {
            runs?.Add(request);
            return fails(request) ? Failed(request) : MadeUp.Clean(request);
        });
        var failed = Failed(new SimulationRequest(1));
        return shrinker.Shrink(failedAt is { } moment ? failed with { VirtualTime = moment } : failed).Request;
    }

    private static SimulationResult Failed(SimulationRequest request) =>
        MadeUp.Failed(request, "read", [.. Kinds.Where(kind => !request.Without.Contains(kind))]);
}
