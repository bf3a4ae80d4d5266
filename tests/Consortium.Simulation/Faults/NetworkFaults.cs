namespace Consortium.Simulation.Faults;

/// <summary>Rates of the network's faults; each leg of a call is one message.</summary>
internal sealed record NetworkFaults
{
    /// <summary>Prompt and whole.</summary>
    public static NetworkFaults None { get; } = new();

    public TimeSpan LatencyMin { get; init; } = TimeSpan.FromMicroseconds(100);

    /// <summary>Inclusive.</summary>
    public TimeSpan LatencyMax { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Rate of messages that take much longer, so that later ones overtake them.</summary>
    public int SlowPerMillion { get; init; }

    public TimeSpan SlowMax { get; init; } = TimeSpan.FromSeconds(2);

    public int LossPerMillion { get; init; }

    /// <summary>Rate of requests that arrive twice.</summary>
    public int DuplicationPerMillion { get; init; }
}
