namespace Consortium.Simulation.Engine;

/// <summary>No answer came in time; what was asked may have been done.</summary>
internal sealed class SimulatedTimeoutException(MessageKind kind, string from, string to)
    : Exception($"{from} waited for {to} to answer {kind} and got nothing.");
