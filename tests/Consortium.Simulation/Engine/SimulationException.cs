namespace Consortium.Simulation.Engine;

/// <summary>The run itself is broken: what follows is not decided by the seed, or would never end.</summary>
internal sealed class SimulationException : Exception
{
    public SimulationException(string message)
        : base(message)
    {
    }

    public SimulationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
