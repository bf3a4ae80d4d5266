namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>A silo's row in the membership table together with its own report.</summary>
/// <param name="Address">Where other silos reach it, or the machine's name of a process that has every role.</param>
/// <param name="Membership">Its status in the membership table, in the runtime's words; <c>active</c> is the one that serves.</param>
/// <param name="Started">When membership says that it started, UTC.</param>
/// <param name="Report">The silo's own report; <see langword="null"/> when it did not answer.</param>
/// <param name="AskedAt">When it was asked, by this process's clock, UTC.</param>
/// <param name="AnsweredAt">When the answer came, or was given up, by this process's clock, UTC.</param>
/// <param name="Fault">Why there is no answer.</param>
public sealed record SiloDiagnosis(
    string Address,
    string Membership,
    DateTimeOffset Started,
    SiloFacts? Report,
    DateTimeOffset AskedAt,
    DateTimeOffset AnsweredAt,
    string? Fault);
