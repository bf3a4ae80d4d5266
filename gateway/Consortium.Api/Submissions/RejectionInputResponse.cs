namespace Consortium.Api;

/// <summary>Something that a failed rule looked at.</summary>
/// <param name="Name">Name of the value as SPEC.md section 9 lists it.</param>
/// <param name="Value">Its value.</param>
public sealed record RejectionInputResponse(string Name, string Value);
