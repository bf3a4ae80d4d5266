namespace Consortium.Cli.Commands;

/// <summary>How serious a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>Everything is in order.</summary>
    Ok = 0,

    /// <summary>The part works, but not for long or not as well as it should.</summary>
    Warning = 1,

    /// <summary>The part does not work.</summary>
    Failure = 2,
}
