using Consortium.Api;
using Microsoft.AspNetCore.Http.Features;

namespace Consortium.Gateway.Access;

/// <summary>The parts of a request that identify its caller, the same for HTTP and gRPC.</summary>
/// <param name="Authorization">The header of that name, or empty.</param>
/// <param name="Signature">The header <see cref="RequestSignature.Header"/>, or empty.</param>
/// <param name="Method">The method that a request signature covers.</param>
/// <param name="Target">The target that a request signature covers.</param>
/// <param name="Address">The network address of the caller.</param>
internal sealed record Credentials(string Authorization, string Signature, string Method, string Target, string Address)
{
    /// <summary>Reads the credentials of an HTTP request.</summary>
    public static Credentials Of(HttpContext context) => Of(
        context,

        // The target as it stood in the request line: a signature must not depend on how a server decodes it.
        context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path);

    /// <summary>Reads the credentials of an HTTP request whose signature covers another target than the request's own.</summary>
    public static Credentials Of(HttpContext context, string target) => new(
        context.Request.Headers.Authorization.ToString(),
        context.Request.Headers[RequestSignature.Header].ToString(),
        context.Request.Method,
        target,
        context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
}
