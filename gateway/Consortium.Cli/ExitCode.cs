namespace Consortium.Cli;

/// <summary>The exit codes that README.md promises.</summary>
internal static class ExitCode
{
    /// <summary>The verb did what was asked.</summary>
    public const int Done = 0;

    /// <summary>The verb understood what was asked, and could not do it.</summary>
    public const int NotDone = 1;

    /// <summary>The command line makes no sense; nothing was tried.</summary>
    public const int Usage = 2;
}
