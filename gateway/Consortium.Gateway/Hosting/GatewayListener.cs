using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Consortium.Gateway.Hosting;

/// <summary>An address that a gateway listens on.</summary>
/// <param name="Url">For example <c>http://127.0.0.1:5081</c>.</param>
/// <param name="Protocols">The HTTP versions that the listener accepts.</param>
/// <param name="Certificate">File with the certificate of an https URL, or <see langword="null"/>.</param>
/// <param name="CertificateKey">File with its key, or <see langword="null"/> when the certificate's file has it.</param>
public sealed record GatewayListener(string Url, HttpProtocols Protocols, string? Certificate, string? CertificateKey);
