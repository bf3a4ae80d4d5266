using System.Collections.Immutable;
using System.Globalization;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation.Running;

/// <summary>A seed decides everything.</summary>
public sealed class DeterminismTests
{
    private static readonly SimulationRequest Small = new(3) { Transactions = 200, Duration = TimeSpan.FromSeconds(60) };

    [Fact]
    public void The_same_seed_has_the_same_history_byte_for_byte_and_another_has_another()
    {
        var (first, second) = (Run(Small), Run(Small));
        Assert.NotEmpty(first.Log);
        Assert.Equal(first.Result.History, second.Result.History);
        Assert.Equal(first.Log, second.Log);
        Assert.Equal(first.Result.Events, second.Result.Events);
        Assert.NotEqual(first.Result.History, Run(Small with { Seed = 4 }).Result.History);
    }

    [Fact]
    public void A_history_does_not_depend_on_the_culture_of_who_asks_for_it()
    {
        var expected = Run(Small).Log;
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = "·";
        odd.NumberFormat.NegativeSign = "minus";
        odd.DateTimeFormat.ShortDatePattern = "yy~d~M";
        odd.DateTimeFormat.LongTimePattern = "ss~mm~HH";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(expected, Run(Small).Log);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Runs_side_by_side_do_not_reach_one_another()
    {
        var expected = Run(Small).Result.History;
        var histories = new Consortium.Ledger.Digest[3];
        var threads = Enumerable.Range(0, histories.Length).Select(i => new Thread(() => histories[i] = Run(Small).Result.History)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(histories, history => Assert.Equal(expected, history));
    }

    [Fact]
    public void A_history_does_not_change_without_kinds_of_faults_that_it_does_not_have()
    {
        var plan = new SimulationPlan(Small);
        var absent = NotDrawn(plan);
        Assert.NotEmpty(absent);
        Assert.Equal(Run(Small).Log, Run(Small with { Without = absent }).Log);
    }

    [Fact]
    public void Switching_a_kind_off_leaves_the_rest_of_the_plan_as_it_was()
    {
        var all = new SimulationPlan(Small);
        var none = new SimulationPlan(Small with { Without = [.. Enum.GetValues<FaultKind>()] });
        Assert.Equal(
            (all.Silos, all.Members, all.ShardCount, all.Clients, all.BlockInterval, all.HashTime, all.ReadPercent, all.DownMax),
            (none.Silos, none.Members, none.ShardCount, none.Clients, none.BlockInterval, none.HashTime, none.ReadPercent, none.DownMax));
        Assert.Equal(all.Sequencer, none.Sequencer);
        Assert.Equal(all.NetworkFaults.LatencyMax, none.NetworkFaults.LatencyMax);
        Assert.Equal(all.StorageFaults.LatencyMax, none.StorageFaults.LatencyMax);
    }

    private static (SimulationResult Result, byte[] Log) Run(SimulationRequest request)
    {
        using var raw = new MemoryStream();
        var result = SeedThread.Run(request, trace: null, raw);
        return (result, raw.ToArray());
    }

    private static ImmutableSortedSet<FaultKind> NotDrawn(SimulationPlan plan)
    {
        var (network, storage, miners) = (plan.NetworkFaults, plan.StorageFaults, plan.MinerFaults);
        (FaultKind Kind, int Rate)[] rates =
        [
            (FaultKind.MessageDelayed, network.SlowPerMillion),
            (FaultKind.MessageLost, network.LossPerMillion),
            (FaultKind.MessageDuplicated, network.DuplicationPerMillion),
            (FaultKind.StorageSlow, storage.SlowPerMillion),
            (FaultKind.AppendFailed, storage.AppendFailedPerMillion),
            (FaultKind.AppendLate, storage.AppendLatePerMillion),
            (FaultKind.StorageFull, storage.FullPerMillion),
            (FaultKind.ReadFailed, storage.ReadFailedPerMillion),
            (FaultKind.IndexFailed, storage.IndexFailedPerMillion),
            (FaultKind.IndexLost, plan.IndexLostPerMillion),
            (FaultKind.MinerSilent, miners.SilentPerMillion),
            (FaultKind.SiloKilled, (int)plan.MeanBetween(FaultKind.SiloKilled).TotalSeconds),
            (FaultKind.Partition, (int)plan.MeanBetween(FaultKind.Partition).TotalSeconds),
        ];
        return [.. rates.Where(entry => entry.Rate == 0).Select(entry => entry.Kind)];
    }
}
