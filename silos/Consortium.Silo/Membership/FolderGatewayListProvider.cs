using Orleans.Messaging;

namespace Consortium.Silo.Membership;

/// <summary>Lists, for clients, the silos of this machine that accept client connections.</summary>
internal sealed class FolderGatewayListProvider(FolderMembershipTable table) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(5);

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public async Task<IList<Uri>> GetGateways() => [.. await table.ReadGatewaysAsync()];
}
