using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>Passes connections on to a port, and closes one instead of passing the answer to a request on when told to.</summary>
internal sealed class AnswerDroppingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private volatile string _dropped = string.Empty;
    private int _toDrop;

    public AnswerDroppingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers that were dropped.</summary>
    public int Dropped { get; private set; }

    /// <summary>Drops the answers to the next appends.</summary>
    public void DropAppends(int count) => Drop("comp=appendblock", count);

    /// <summary>Drops the answers to the next reads.</summary>
    public void DropReads(int count) => Drop("GET ", count);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private void Drop(string what, int count)
    {
        _dropped = what;
        Volatile.Write(ref _toDrop, count);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            var (nearStream, farStream) = (near.GetStream(), far.GetStream());
            var drop = new StrongBox();
            var requests = PassAsync(nearStream, farStream, bytes =>
            {
                if (Encoding.ASCII.GetString(bytes).Contains(_dropped, StringComparison.Ordinal) && Interlocked.Decrement(ref _toDrop) >= 0)
                {
                    drop.Value = true;
                }

                return true;
            });
            var answers = PassAsync(farStream, nearStream, bytes =>
            {
                // An answer that only asks for the rest of the request is none.
                if (!drop.Value || Encoding.ASCII.GetString(bytes).StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
                {
                    return true;
                }

                Dropped++;
                return false;
            });
            await Task.WhenAny(requests, answers);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // One of the ends closed the connection.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, Func<byte[], bool> pass)
    {
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0 && pass(buffer[..read]))
        {
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private sealed class StrongBox
    {
        public volatile bool Value;
    }
}
