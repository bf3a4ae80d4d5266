namespace Consortium.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>What was asked was done.</summary>
    public const int Done = 0;

    /// <summary>What was asked was not done.</summary>
    public const int NotDone = 1;

    /// <summary>The command line makes no sense; nothing was tried.</summary>
    public const int Usage = 2;
}
