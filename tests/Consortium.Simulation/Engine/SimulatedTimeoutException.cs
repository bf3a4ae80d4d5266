namespace Consortium.Simulation.Engine;

/// <summary>No answer came in time; the call may have been carried out.</summary>
internal sealed class SimulatedTimeoutException(MessageKind kind, string from, string to)
    : Exception($"{from} waited for {to} to answer {kind} and got nothing.");
