namespace Consortium.Cli.Commands;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok = 0,

    /// <summary>It works, and will not for long, or not as well as it should.</summary>
    Warning = 1,

    /// <summary>It does not work.</summary>
    Failure = 2,
}
