namespace Consortium.Silo.Following;

/// <summary>Follows from when a process that is no silo has reached the cluster until before it leaves.</summary>
/// <remarks>Which grains there are a client learns from silos: nothing that asks for one may be made before.</remarks>
internal sealed class ClientFollowing(IServiceProvider services) : ILifecycleParticipant<IClusterClientLifecycle>
{
    public void Participate(IClusterClientLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(ClientFollowing),
        ServiceLifecycleStage.Active,
        _ =>
        {
            services.GetRequiredService<FollowingRun>().Start();
            return Task.CompletedTask;
        },
        _ => services.GetRequiredService<FollowingRun>().StopAsync());
}
