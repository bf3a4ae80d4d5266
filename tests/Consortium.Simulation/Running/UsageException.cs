namespace Consortium.Simulation.Running;

/// <summary>A command line that makes no sense; ends with <see cref="ExitCode.Usage"/>.</summary>
/// <param name="message">What happened and why.</param>
/// <param name="action">What to do.</param>
internal sealed class UsageException(string message, string action) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Action { get; } = action;
}
