namespace Consortium.Simulation.Running;

/// <summary>The exit codes of the program, as its README lists them.</summary>
internal static class ExitCode
{
    /// <summary>All runs were clean.</summary>
    public const int Clean = 0;

    /// <summary>A run failed, or not all could be run.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; nothing was run.</summary>
    public const int Usage = 2;
}
