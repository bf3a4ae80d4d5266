using System.Diagnostics.Metrics;
using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;

namespace Consortium.Gateway.Telemetry;

/// <summary>Shows the node's status as one series per status: 1 for the present one, 0 for the others.</summary>
internal sealed class NodeStatusGauge
{
    public NodeStatusGauge(NodeSource nodes, IMeterFactory meters) => meters
        .Create(GatewayInstruments.Name)
        .CreateObservableGauge(
            "consortium.node.status",
            () => Observe(nodes.Status),
            "{node}",
            "1 for the node's present status, 0 for the others.");

    private static IEnumerable<Measurement<int>> Observe(NodeStatus present) => Enum.GetValues<NodeStatus>()
        .Select(status => new Measurement<int>(
            status == present ? 1 : 0,
            new KeyValuePair<string, object?>("status", EnumText.Write(status))));
}
