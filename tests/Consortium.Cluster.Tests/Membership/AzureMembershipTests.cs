using Consortium.Cluster.Tests.Storage;
using Consortium.Silo.Hosting;

namespace Consortium.Cluster.Tests.Membership;

[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class AzureMembershipTests(Azurite azurite) : MembershipContract
{
    private readonly string _cluster = Guid.NewGuid().ToString("N");

    protected override Task<IMembershipTable> OpenAsync() =>
        ConfiguredTable.OpenAsync(new SiloOptions { StorageConnection = azurite.Connection }, _cluster);
}
