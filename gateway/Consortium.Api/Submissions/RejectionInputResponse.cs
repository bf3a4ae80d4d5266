namespace Consortium.Api;

/// <summary>Something that a failed rule looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value.</param>
public sealed record RejectionInputResponse(string Name, string Value);
