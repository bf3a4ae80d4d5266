namespace Consortium.Ledger;

/// <summary>A refusal together with the facts of the case, which the sender is told. Nothing of it is recorded.</summary>
/// <param name="Code">The refusal; its number is permanent.</param>
/// <param name="Detail">One sentence that names the part of the request and the value that was found there.</param>
public sealed record Refused(Refusal Code, string Detail);
