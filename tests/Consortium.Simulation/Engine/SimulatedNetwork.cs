using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Engine;

/// <summary>Calls between processes, over a network that delays, loses, repeats and cuts as the seed decides.</summary>
/// <remarks>Cuts go by the names of processes: one that is started again under the same name is still cut off.</remarks>
internal sealed class SimulatedNetwork(VirtualTime time, SeededRandom random, FaultCounts counts, EventLog? log)
{
    private readonly HashSet<(string From, string To)> _cut = [];
    private readonly HashSet<string> _isolated = [];
    private ulong _calls;

    public NetworkFaults Faults { get; set; } = NetworkFaults.None;

    public EventLog? Log => log;

    /// <summary>Runs a handler in another process.</summary>
    /// <typeparam name="T">The type of the handler's answer.</typeparam>
    /// <param name="from">The caller; the task completes in it.</param>
    /// <param name="to">The process in which the handler runs. If it is the caller itself, no message is sent, delayed or lost.</param>
    /// <param name="kind">The kind of call, for the history.</param>
    /// <param name="timeout">By the caller's clock; infinite is allowed.</param>
    /// <param name="handler">May run twice; its exceptions reach the caller.</param>
    /// <exception cref="SimulatedTimeoutException">No answer came: either leg was lost, or the other process is dead or slow.</exception>
    public Task<T> CallAsync<T>(
        SimulatedProcess from,
        SimulatedProcess to,
        MessageKind kind,
        TimeSpan timeout,
        Func<Task<T>> handler) => new SimulatedCall<T>(this, time, from, to, kind, _calls++, handler).StartAsync(timeout);

    /// <summary>Cuts two processes off from each other; messages under way between them are lost too.</summary>
    public void Partition(SimulatedProcess a, SimulatedProcess b)
    {
        _cut.Add((a.Name, b.Name));
        _cut.Add((b.Name, a.Name));
        counts.Add(FaultKind.Partition);
        log?.Append(EventKind.NetworkChanged, a.Name, "cut off from " + b.Name);
    }

    /// <summary>Cuts one process off from all others.</summary>
    public void Isolate(SimulatedProcess process)
    {
        _isolated.Add(process.Name);
        counts.Add(FaultKind.Partition);
        log?.Append(EventKind.NetworkChanged, process.Name, "isolated");
    }

    /// <summary>Ends all cuts.</summary>
    public void Heal()
    {
        _cut.Clear();
        _isolated.Clear();
        log?.Append(EventKind.NetworkChanged, "network", "healed");
    }

    /// <summary>Sends the request of a call; it may arrive twice.</summary>
    public void SendRequest(
        SimulatedProcess from,
        SimulatedProcess to,
        MessageKind kind,
        ulong number,
        SendOrPostCallback arrive,
        object call)
    {
        Send(EventKind.MessageSent, from, to, kind, number, arrive, call);
        if (from != to && random.Happens(Faults.DuplicationPerMillion))
        {
            counts.Add(FaultKind.MessageDuplicated);
            Send(EventKind.MessageSent, from, to, kind, number, arrive, call);
        }
    }

    /// <summary>Sends a call's answer.</summary>
    public void SendAnswer(
        SimulatedProcess from,
        SimulatedProcess to,
        MessageKind kind,
        ulong number,
        SendOrPostCallback arrive,
        object outcome) => Send(EventKind.MessageAnswered, from, to, kind, number, arrive, outcome);

    private void Send(
        EventKind sent,
        SimulatedProcess from,
        SimulatedProcess to,
        MessageKind kind,
        ulong number,
        SendOrPostCallback arrive,
        object state)
    {
        if (!from.IsAlive || !time.Own())
        {
            return;
        }

        if (from == to)
        {
            time.Post(to, arrive, state);
            return;
        }

        log?.Append(sent, from.Name, to.Name, number, (ulong)kind);
        var delay = random.Next(Faults.LatencyMin, Faults.LatencyMax);
        if (random.Happens(Faults.SlowPerMillion))
        {
            delay += random.Next(TimeSpan.Zero, Faults.SlowMax);
            counts.Add(FaultKind.MessageDelayed);
        }

        var isLost = random.Happens(Faults.LossPerMillion);
        if (isLost)
        {
            counts.Add(FaultKind.MessageLost);
        }

        if (isLost || IsCut(from, to))
        {
            log?.Append(EventKind.MessageLost, from.Name, to.Name, number);
            return;
        }

        // It reaches the other's machine first, where a cut or a death in the meantime swallows it.
        time.PostAfter(delay.Ticks, to, static leg => ((Leg)leg!).Arrive(), new Leg(this, from, to, number, arrive, state));
    }

    private bool IsCut(SimulatedProcess from, SimulatedProcess to) =>
        (_isolated.Count > 0 && (_isolated.Contains(from.Name) || _isolated.Contains(to.Name)))
        || (_cut.Count > 0 && _cut.Contains((from.Name, to.Name)));

    private sealed class Leg(
        SimulatedNetwork network,
        SimulatedProcess from,
        SimulatedProcess to,
        ulong number,
        SendOrPostCallback arrive,
        object state)
    {
        public void Arrive()
        {
            if (network.IsCut(from, to))
            {
                network.Log?.Append(EventKind.MessageLost, from.Name, to.Name, number);
                return;
            }

            network.Log?.Append(EventKind.MessageDelivered, to.Name, from.Name, number);
            arrive(state);
        }
    }
}
