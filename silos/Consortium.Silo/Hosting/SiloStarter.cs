using Consortium.Consensus.Ports;
using Consortium.Gateway.Hosting;
using Consortium.Silo.Following;

namespace Consortium.Silo.Hosting;

/// <summary>Follows the cluster as long as the process serves, and drains before the silo leaves.</summary>
internal sealed partial class SiloStarter(
    ClusterNode node,
    NodeSource nodes,
    IHostApplicationLifetime lifetime,
    ILogger<SiloStarter> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() =>
        {
            LogDraining();
            node.BeginDraining();
        });
        node.Start();
        nodes.Set(node);
        LogFollowing(node.Genesis.Name, node.Genesis.Network.ToString());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => node.DrainAsync();

    [LoggerMessage(Level = LogLevel.Information, Message = "Following network {Name} ({Network}).")]
    private partial void LogFollowing(string name, string network);

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: no new work is taken, what is in hand is finished, and others take over.")]
    private partial void LogDraining();
}
