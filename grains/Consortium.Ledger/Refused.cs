namespace Consortium.Ledger;

/// <summary>A refusal with what was found.</summary>
/// <param name="Code">Why.</param>
/// <param name="Detail">What was found, in one sentence.</param>
public sealed record Refused(Refusal Code, string Detail);
