namespace Consortium.Silo.Following;

/// <summary>Starts following when a gateway that is not a silo has connected to the cluster, and stops it before the gateway leaves.</summary>
/// <remarks>A client learns from silos which grains exist: no reference to a grain may be made before it has connected.</remarks>
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
