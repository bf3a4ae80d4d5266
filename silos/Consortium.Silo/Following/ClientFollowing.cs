namespace Consortium.Silo.Following;

/// <summary>Follows as long as a process runs that is no silo.</summary>
internal sealed class ClientFollowing(FollowingRun run) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        run.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => run.StopAsync();
}
