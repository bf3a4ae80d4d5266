namespace Consortium.Api;

/// <summary>Problem details (RFC 9457) of a refusal.</summary>
/// <param name="Type">For example <c>urn:consortium:refusal:WrongNetwork</c>.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">One sentence that names the part of the request and the value that was found there.</param>
/// <param name="Instance">The path that was asked.</param>
/// <param name="Code">Number of the refusal; permanent.</param>
/// <param name="Name">Name of the refusal.</param>
/// <param name="Action">What to do.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="CorrelationId">The id by which the gateway's log names an internal failure.</param>
public sealed record ProblemResponse(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    int Code,
    string Name,
    string Action,
    bool Retryable,
    string? CorrelationId = null);
