namespace Consortium.Api;

/// <summary>Answer of the health endpoints.</summary>
/// <param name="Status">For example <c>ordering</c>.</param>
public sealed record HealthResponse(string Status);
