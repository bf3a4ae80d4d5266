namespace Consortium.Consensus.Mining;

/// <summary>The processor time that a member spends on sealing.</summary>
/// <param name="Threads">Searches that run side by side; default 1, from 1 to 1024.</param>
/// <param name="DutyPercent">Share of each thread's time that is spent hashing; default 0.5, above 0 and at most 100.</param>
public sealed record MinerOptions(int Threads = 1, double DutyPercent = 0.5)
{
    /// <summary>Checks the ranges of the options.</summary>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public string? Validate() => this switch
    {
        { Threads: < 1 or > 1024 } => $"Mining threads must be from 1 to 1024, not {Threads}.",
        { DutyPercent: <= 0 or > 100 or double.NaN } => $"The mining duty must be above 0 and at most 100 percent, not {DutyPercent}.",
        _ => null,
    };
}
