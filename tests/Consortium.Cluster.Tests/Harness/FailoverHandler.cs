namespace Consortium.Cluster.Tests.Harness;

/// <summary>Sends requests to several gateways in turn, and to the next one when a gateway cannot be reached, as a load balancer does.</summary>
internal sealed class FailoverHandler(Func<IReadOnlyList<Uri>> gateways, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private int _next;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        while (true)
        {
            var all = gateways();
            if (all.Count > 0)
            {
                request.RequestUri = new Uri(all[(int)((uint)Interlocked.Increment(ref _next) % (uint)all.Count)], path);
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
                {
                    // This gateway cannot be reached: try the next one.
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
