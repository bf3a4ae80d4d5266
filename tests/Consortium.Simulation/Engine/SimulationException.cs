namespace Consortium.Simulation.Engine;

/// <summary>The run itself is broken: the seed does not decide the rest of it, or it would never end.</summary>
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
