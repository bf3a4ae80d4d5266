namespace Consortium.Bench;

/// <summary>Sends each request to the next of several gateways with ports one after another.</summary>
internal sealed class InTurn(int gateways, int firstPort) : DelegatingHandler
{
    private int _next = -1;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var turn = unchecked((uint)Interlocked.Increment(ref _next)) % (uint)gateways;
        request.RequestUri = new UriBuilder(request.RequestUri!) { Port = firstPort + (int)turn }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
