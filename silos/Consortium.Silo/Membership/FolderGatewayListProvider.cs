using Orleans.Messaging;

namespace Consortium.Silo.Membership;

/// <summary>Tells clients which silos of this machine take them.</summary>
internal sealed class FolderGatewayListProvider(FolderMembershipTable table) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(5);

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public async Task<IList<Uri>> GetGateways() => [.. await table.ReadGatewaysAsync()];
}
