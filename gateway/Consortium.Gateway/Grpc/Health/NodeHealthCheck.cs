using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consortium.Gateway.Grpc.Health;

/// <summary>Healthy while the node orders or follows; the same as <c>GET /health/ready</c>.</summary>
internal sealed class NodeHealthCheck(NodeSource nodes) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = nodes.Status;
        return Task.FromResult(status is NodeStatus.Ordering or NodeStatus.Following
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The node is {EnumText.Write(status)}."));
    }
}
