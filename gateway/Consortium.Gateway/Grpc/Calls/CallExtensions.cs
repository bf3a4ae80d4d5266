using Consortium.Api;
using Consortium.Gateway.Access;
using Google.Protobuf;
using Grpc.Core;

namespace Consortium.Gateway.Grpc.Calls;

/// <summary>Reads credentials and deadline of a gRPC call.</summary>
internal static class CallExtensions
{
    // Kept back from a call's deadline for the work after a wait and for the answer's way, on a busy machine too.
    private static readonly TimeSpan MarginMax = TimeSpan.FromSeconds(2);

    /// <summary>The caller's credentials; a signature covers the request message.</summary>
    public static Credentials Credentials(this ServerCallContext context, IMessage request)
    {
        var http = context.GetHttpContext();
        return Access.Credentials.Of(
            http,
            http.Request.Headers.ContainsKey(RequestSignature.Header)
                ? RequestSignature.CallTarget(context.Method, request.ToByteArray())
                : context.Method);
    }

    /// <summary>The caller's credentials, for calls that need no signature.</summary>
    public static Credentials Credentials(this ServerCallContext context) =>
        Access.Credentials.Of(context.GetHttpContext(), context.Method);

    /// <summary>Bounds a wait so that its answer still comes before the call's deadline.</summary>
    public static TimeSpan Bound(this ServerCallContext context, TimeSpan wait, TimeProvider timeProvider)
    {
        if (context.Deadline == DateTime.MaxValue)
        {
            return wait;
        }

        var left = context.Deadline - timeProvider.GetUtcNow().UtcDateTime;
        left -= left / 4 < MarginMax ? left / 4 : MarginMax;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < wait ? left : wait;
    }
}
