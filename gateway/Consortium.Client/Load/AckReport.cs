namespace Consortium.Client.Load;

/// <summary>Counts of acknowledged transactions against the chain; printed by <c>consortium check-acks</c>.</summary>
/// <param name="Acked">Different ids in the file of acknowledgements.</param>
/// <param name="Found">Number of acknowledged transactions that the chain has.</param>
/// <param name="Missing">Number of acknowledged transactions that the chain lacks.</param>
/// <param name="Duplicated">Number of acknowledged transactions that the chain has more than once.</param>
/// <param name="Height">The last block that was looked at.</param>
/// <param name="FirstMissing">One that is missing, or <see langword="null"/>.</param>
/// <param name="FirstDuplicated">One that is there more than once, or <see langword="null"/>.</param>
public sealed record AckReport(
    long Acked,
    long Found,
    long Missing,
    long Duplicated,
    ulong Height,
    string? FirstMissing,
    string? FirstDuplicated);
