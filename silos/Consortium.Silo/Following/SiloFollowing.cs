namespace Consortium.Silo.Following;

/// <summary>Starts following when the silo has joined the cluster, and stops it before the silo leaves.</summary>
internal sealed class SiloFollowing(FollowingRun run) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SiloFollowing),
        ServiceLifecycleStage.Active + 1,
        _ =>
        {
            run.Start();
            return Task.CompletedTask;
        },
        _ => run.StopAsync());
}
