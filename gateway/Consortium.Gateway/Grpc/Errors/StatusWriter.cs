using System.Globalization;
using Consortium.Api;
using Consortium.Ledger;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Consortium.Gateway.Grpc.Errors;

/// <summary>Writes refusals as <c>google.rpc.Status</c> with details.</summary>
internal static class StatusWriter
{
    /// <summary>The domain of every <see cref="ErrorInfo"/>.</summary>
    public const string Domain = "consortium";

    private const int RetryAfterSecondsDefault = 1;

    /// <summary>Describes a refusal.</summary>
    /// <param name="refused">Why.</param>
    /// <param name="retryAfterSeconds">When to try again, where that is known.</param>
    /// <param name="correlationId">The id by which the log names the failure, or <see langword="null"/>.</param>
    public static Google.Rpc.Status Describe(Refused refused, int? retryAfterSeconds, string? correlationId)
    {
        var entry = ErrorCatalogue.Find(refused.Code);
        var status = new Google.Rpc.Status { Code = (int)entry.Rpc, Message = refused.Detail };
        status.Details.Add(Any.Pack(new ErrorInfo
        {
            Domain = Domain,
            Reason = entry.Code.ToString(),
            Metadata =
            {
                ["number"] = ((int)entry.Code).ToString(CultureInfo.InvariantCulture),
                ["title"] = entry.Title,
                ["action"] = entry.Action,
                ["retryable"] = entry.Retryable ? "true" : "false",
            },
        }));
        if (entry.Retryable)
        {
            var delay = Duration.FromTimeSpan(TimeSpan.FromSeconds(retryAfterSeconds ?? RetryAfterSecondsDefault));
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = delay }));
        }

        if (correlationId is not null)
        {
            status.Details.Add(Any.Pack(new RequestInfo { RequestId = correlationId }));
        }

        return status;
    }

    /// <summary>Ends a call with a refusal.</summary>
    public static RpcException Refuse(Refused refused, int? retryAfterSeconds = null, string? correlationId = null) =>
        Describe(refused, retryAfterSeconds, correlationId).ToRpcException();
}
