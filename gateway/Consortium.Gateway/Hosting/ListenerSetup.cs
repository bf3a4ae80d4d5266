using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Consortium.Gateway.Hosting;

/// <summary>Configures the addresses that the server listens on.</summary>
internal static class ListenerSetup
{
    /// <summary>Listens on the gateway's URLs and on the listeners that extensions add.</summary>
    /// <remarks>Kestrel drops plain URLs when endpoints are configured, so that all are written as endpoints once there are any.</remarks>
    public static void ListenOn(this WebApplicationBuilder builder, IReadOnlyList<string> urls, IReadOnlyList<GatewayListener> more)
    {
        if (more.Count == 0)
        {
            builder.WebHost.UseUrls([.. urls]);
            return;
        }

        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        var listeners = urls.Select(url => new GatewayListener(url, Protocols(url), Certificate: null, CertificateKey: null))
            .Concat(more)
            .ToList();
        for (var i = 0; i < listeners.Count; i++)
        {
            // Endpoints open in order of their names: those of the gateway first.
            Write(settings, string.Create(CultureInfo.InvariantCulture, $"Endpoints:{i:d4}"), listeners[i]);
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Configure(configuration));
    }

    // Over plain text HTTP/2 has to be agreed on beforehand, and nobody does for these.
    private static HttpProtocols Protocols(string url) =>
        url.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;

    private static void Write(Dictionary<string, string?> settings, string prefix, GatewayListener listener)
    {
        settings[$"{prefix}:Url"] = listener.Url;
        settings[$"{prefix}:Protocols"] = listener.Protocols.ToString();
        if (listener.Certificate is not null)
        {
            settings[$"{prefix}:Certificate:Path"] = listener.Certificate;
            if (listener.CertificateKey is not null || IsPem(listener.Certificate))
            {
                settings[$"{prefix}:Certificate:KeyPath"] = listener.CertificateKey ?? listener.Certificate;
            }
        }
    }

    private static bool IsPem(string path) => Path.GetExtension(path) is not (".pfx" or ".p12");
}
