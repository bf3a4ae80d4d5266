namespace Consortium.Cli.Commands;

/// <summary>The result of one check.</summary>
/// <param name="Check">The check.</param>
/// <param name="Level">Whether it is in order, a warning or a failure.</param>
/// <param name="What">The fact that was found.</param>
/// <param name="Why">Why that matters; <see langword="null"/> when all is as it should be.</param>
/// <param name="Action">What to do; <see langword="null"/> when all is as it should be.</param>
internal sealed record Finding(string Check, FindingLevel Level, string What, string? Why = null, string? Action = null)
{
    public static Finding Ok(string check, string what) => new(check, FindingLevel.Ok, what);

    public static Finding Warning(string check, string what, string why, string action) => new(check, FindingLevel.Warning, what, why, action);

    public static Finding Failure(string check, string what, string why, string action) => new(check, FindingLevel.Failure, what, why, action);
}
