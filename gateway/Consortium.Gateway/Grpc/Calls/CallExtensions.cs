using Consortium.Api;
using Consortium.Gateway.Access;
using Google.Protobuf;
using Grpc.Core;

namespace Consortium.Gateway.Grpc.Calls;

/// <summary>What the application code needs to know of a call.</summary>
internal static class CallExtensions
{
    // For what follows the wait and for the way back, on a machine that is busy too.
    private static readonly TimeSpan MarginMax = TimeSpan.FromSeconds(2);

    /// <summary>Who calls; a signature covers the request message.</summary>
    public static Credentials Credentials(this ServerCallContext context, IMessage request)
    {
        var http = context.GetHttpContext();
        return Access.Credentials.Of(
            http,
            http.Request.Headers.ContainsKey(RequestSignature.Header)
                ? RequestSignature.CallTarget(context.Method, request.ToByteArray())
                : context.Method);
    }

    /// <summary>Who calls, for what needs no signature.</summary>
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
