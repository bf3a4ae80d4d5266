using Consortium.Ledger;

namespace Consortium.Api;

/// <summary>The meaning of a refusal for a client: statuses, texts, and whether the same bytes may pass later.</summary>
/// <param name="Code">The refusal.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Rpc">gRPC status.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Action">What to do.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
public sealed record ErrorEntry(Refusal Code, int Status, RpcCode Rpc, string Title, string Action, bool Retryable)
{
    /// <summary>The problem type (RFC 9457), for example <c>urn:consortium:refusal:WrongNetwork</c>.</summary>
    public string Type => "urn:consortium:refusal:" + Code.ToString();
}
