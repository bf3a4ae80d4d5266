namespace Consortium.Api;

/// <summary>Answer of the health endpoints.</summary>
/// <param name="Status"><c>live</c> of a process that runs; <c>ordering</c> or <c>following</c> of a node that serves.</param>
public sealed record HealthResponse(string Status);
