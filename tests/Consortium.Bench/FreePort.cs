using System.Net;
using System.Net.Sockets;

namespace Consortium.Bench;

/// <summary>Finds ports that nothing listens on.</summary>
internal static class FreePort
{
    /// <summary>A free port of the loopback address; another process may take it before it is used.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
