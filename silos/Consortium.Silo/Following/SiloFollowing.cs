namespace Consortium.Silo.Following;

/// <summary>Follows from when the silo has joined until before it leaves.</summary>
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
