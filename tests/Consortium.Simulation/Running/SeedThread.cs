namespace Consortium.Simulation.Running;

/// <summary>Runs one request from beginning to end on a thread made for it.</summary>
/// <remarks>
/// Nothing that a run leaves on its thread reaches the next. The class library looks at the room left on the stack before it continues
/// an await in place: so every run has the same stack, and more of it than it needs, on whichever thread it was asked for.
/// </remarks>
internal static class SeedThread
{
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>Runs a request and waits for it. A simulator that breaks is a finding too.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="trace">Gets every event as a line, or <see langword="null"/>.</param>
    /// <param name="raw">Gets the bytes of the event log, or <see langword="null"/>.</param>
    public static SimulationResult Run(SimulationRequest request, TextWriter? trace = null, Stream? raw = null)
    {
        SimulationResult? result = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = Simulation.Run(request, trace, raw);
                }
                catch (Exception exception)
                {
                    result = SimulationResult.Broken(request, exception);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        return result!;
    }
}
