namespace Consortium.Simulation.Engine;

/// <summary>Work that a process does next.</summary>
internal readonly record struct ReadyItem(SimulatedProcess Process, SendOrPostCallback Callback, object? State);
