using Consortium.Simulation.Cluster;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Faults;

/// <summary>Injects the plan's faults into silos, network and clocks, at times that the seed decides, until it is told to end.</summary>
internal sealed class FaultDriver(SimulatedCluster cluster)
{
    private readonly SeededRandom _random = SeededRandom.ForStream(cluster.Plan.Seed, "faults");

    public void Start()
    {
        for (var silo = 0; silo < cluster.Silos.Count; silo++)
        {
            if (cluster.Plan.DriftPerMillion(silo) != 0)
            {
                cluster.Count(FaultKind.ClockDrift);
            }
        }

        Repeat(FaultKind.SiloKilled, KillAsync);
        Repeat(FaultKind.SiloStopped, StopAsync);
        Repeat(FaultKind.ConsensusMoved, MoveAsync);
        Repeat(FaultKind.Partition, PartitionAsync);
        Repeat(FaultKind.ClockJumped, JumpAsync);
    }

    /// <summary>Ends all faults: the network is whole, silos are up, storage and miners do as they should.</summary>
    public void End()
    {
        cluster.Network.Faults = NetworkFaults.None;
        cluster.Network.Heal();
        cluster.StorageFaults.SwitchOff();
        cluster.MinerFaults = default;
        cluster.IndexLostPerMillion = 0;
        foreach (var silo in cluster.Silos)
        {
            if (!silo.IsUp)
            {
                silo.Restart();
            }
        }
    }

    private void Repeat(FaultKind kind, Func<Task> fault)
    {
        var mean = cluster.Plan.MeanBetween(kind);
        if (mean <= TimeSpan.Zero)
        {
            return;
        }

        cluster.Time.World.Start(async () =>
        {
            while (true)
            {
                await PauseAsync(_random.Next(TimeSpan.Zero, 2 * mean));
                if (cluster.AreFaultsOver)
                {
                    return;
                }

                await fault();
            }
        });
    }

    private async Task KillAsync()
    {
        if (_random.Next(2) == 0)
        {
            await WaitForAppendAsync();
        }

        if (PickUp() is { } silo && !cluster.AreFaultsOver)
        {
            cluster.Count(FaultKind.SiloKilled);
            silo.Kill();
            await RestartLaterAsync(silo);
        }
    }

    // A drained silo: the sequencer ends by itself, then the process. Other work under way there is lost with the process.
    private async Task StopAsync()
    {
        if (PickUp() is not { } silo)
        {
            return;
        }

        cluster.Count(FaultKind.SiloStopped);
        var process = silo.Process;
        if (cluster.Directory.Consensus is { } consensus && consensus.Process == process)
        {
            consensus.Stop();
        }

        await PauseAsync(_random.Next(TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        if (silo.Process == process && silo.IsUp && !cluster.AreFaultsOver)
        {
            silo.Kill();
            await RestartLaterAsync(silo);
        }
    }

    // The old activation runs on for a while beside the new one, and is stopped if it has not noticed by then.
    private async Task MoveAsync()
    {
        if (cluster.Directory.Move() is { } before)
        {
            await PauseAsync(_random.Next(TimeSpan.Zero, TimeSpan.FromSeconds(30)));
            before.Stop();
        }
    }

    private async Task PartitionAsync()
    {
        if (_random.Next(2) == 0)
        {
            cluster.Network.Isolate(_random.Pick(cluster.Silos).Process);
        }
        else
        {
            cluster.Network.Partition(_random.Pick(cluster.Silos).Process, _random.Pick(cluster.Silos).Process);
        }

        await PauseAsync(_random.Next(TimeSpan.Zero, TimeSpan.FromSeconds(20)));
        cluster.Network.Heal();
    }

    // At most half a minute off, to either side: more makes everything expire and shows nothing else.
    private Task JumpAsync()
    {
        if (PickUp() is { } silo)
        {
            cluster.Count(FaultKind.ClockJumped);
            var clock = silo.Process.Clock;
            var offset = _random.Next(-cluster.Plan.ClockJumpMax, cluster.Plan.ClockJumpMax);
            clock.Jump(offset - clock.Offset);
            cluster.Log.Append(EventKind.ClockChanged, silo.Process.Name, unchecked((ulong)offset.Ticks));
        }

        return Task.CompletedTask;
    }

    private async Task RestartLaterAsync(SimulatedSilo silo)
    {
        await PauseAsync(_random.Next(TimeSpan.Zero, cluster.Plan.DownMax));
        if (!silo.IsUp)
        {
            silo.Restart();
        }
    }

    // The silo with the sequencer is hit more often than others, because its losses are the ones that matter.
    private SimulatedSilo? PickUp()
    {
        if (_random.Next(2) == 0 && cluster.Directory.Consensus is { Silo: { IsUp: true } ordering })
        {
            return ordering;
        }

        var up = cluster.Silos.Where(silo => silo.IsUp).ToList();
        return up.Count == 0 ? null : _random.Pick(up);
    }

    // Writes are short, so an entry is hardly ever half written when a silo is killed at any moment.
    private async Task WaitForAppendAsync()
    {
        for (var i = 0; i < 2_000 && !cluster.Journal.IsAppending; i++)
        {
            await PauseAsync(TimeSpan.FromMilliseconds(1));
        }
    }

    private Task PauseAsync(TimeSpan pause) => Task.Delay(pause, cluster.Time.World.Clock);
}
