namespace Consortium.Simulation.Faults;

/// <summary>How the network treats messages; each leg of a call is one message.</summary>
internal sealed record NetworkFaults
{
    /// <summary>Prompt and whole.</summary>
    public static NetworkFaults None { get; } = new();

    public TimeSpan LatencyMin { get; init; } = TimeSpan.FromMicroseconds(100);

    /// <summary>Inclusive.</summary>
    public TimeSpan LatencyMax { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How often a message takes much longer, so that later ones overtake it.</summary>
    public int SlowPerMillion { get; init; }

    public TimeSpan SlowMax { get; init; } = TimeSpan.FromSeconds(2);

    public int LossPerMillion { get; init; }

    /// <summary>How often a request arrives twice.</summary>
    public int DuplicationPerMillion { get; init; }
}
