using System.Net.Sockets;

namespace Consortium.Grains;

/// <summary>Tells calls that may not have arrived from calls that were answered with an error.</summary>
public static class GrainFaults
{
    /// <summary>Whether the grain could not be reached, or its answer did not come: what was asked may have happened.</summary>
    /// <param name="exception">The exception of a call to a grain.</param>
    /// <returns>Whether asking again makes sense.</returns>
    public static bool IsUnreachable(Exception exception) =>
        exception is TimeoutException or OrleansException or SocketException or IOException or ObjectDisposedException;
}
