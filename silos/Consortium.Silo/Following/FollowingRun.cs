using Consortium.Gateway.Hosting;

namespace Consortium.Silo.Following;

/// <summary>Follows the cluster as long as the process is a part of it.</summary>
internal sealed partial class FollowingRun(
    ClusterNode node,
    NodeSource nodes,
    IHostApplicationLifetime lifetime,
    ILogger<FollowingRun> logger)
{
    /// <summary>Begins to follow, and to serve.</summary>
    public void Start()
    {
        lifetime.ApplicationStopping.Register(() =>
        {
            LogDraining();
            node.BeginDraining();
        });
        node.Start();
        nodes.Set(node);
        LogFollowing(node.Genesis.Name, node.Genesis.Network.ToString());
    }

    /// <summary>Finishes the requests under way and stops following.</summary>
    /// <returns>A task that completes when nothing runs any more.</returns>
    public Task StopAsync() => node.DrainAsync();

    [LoggerMessage(Level = LogLevel.Information, Message = "Following network {Name} ({Network}).")]
    private partial void LogFollowing(string name, string network);

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: no new work is taken, what is in hand is finished, and others take over.")]
    private partial void LogDraining();
}
