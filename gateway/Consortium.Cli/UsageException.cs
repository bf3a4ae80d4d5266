namespace Consortium.Cli;

/// <summary>Options that do not go together; ends with <see cref="ExitCode.Usage"/>.</summary>
/// <param name="message">One sentence about the fault of the command line.</param>
/// <param name="action">The correction: what to write instead.</param>
internal sealed class UsageException(string message, string action) : Exception(message)
{
    /// <summary>The correction: what to write instead.</summary>
    public string Action { get; } = action;
}
