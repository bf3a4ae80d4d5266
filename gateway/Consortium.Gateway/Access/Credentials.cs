using Consortium.Api;
using Microsoft.AspNetCore.Http.Features;

namespace Consortium.Gateway.Access;

/// <summary>What a request shows about its caller, over whichever protocol it came.</summary>
/// <param name="Authorization">The header of that name, or empty.</param>
/// <param name="Signature">The header <see cref="RequestSignature.Header"/>, or empty.</param>
/// <param name="Method">What a signature covers as method.</param>
/// <param name="Target">What a signature covers as path.</param>
/// <param name="Address">Where the request comes from.</param>
internal sealed record Credentials(string Authorization, string Signature, string Method, string Target, string Address)
{
    /// <summary>Those of an HTTP request.</summary>
    public static Credentials Of(HttpContext context) => Of(
        context,

        // As it stood in the request line: what was signed must not depend on how a server decodes it.
        context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path);

    /// <summary>Those of a request whose signature covers another target than its path.</summary>
    public static Credentials Of(HttpContext context, string target) => new(
        context.Request.Headers.Authorization.ToString(),
        context.Request.Headers[RequestSignature.Header].ToString(),
        context.Request.Method,
        target,
        context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
}
