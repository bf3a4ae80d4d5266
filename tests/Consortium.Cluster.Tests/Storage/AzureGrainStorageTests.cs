using Azure.Storage.Blobs;
using Consortium.Storage.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;

namespace Consortium.Cluster.Tests.Storage;

[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class AzureGrainStorageTests(Azurite azurite) : GrainSnapshotContract, IAsyncLifetime
{
    private const string Provider = "snapshots";

    private IHost? _silo;

    protected override IGrainStorage Storage => _silo!.Services.GetRequiredKeyedService<IGrainStorage>(Provider);

    public async Task InitializeAsync()
    {
        _silo = Host.CreateDefaultBuilder()
            .UseOrleans(silo => silo
                .UseLocalhostClustering()
                .Configure<EndpointOptions>(options => (options.SiloPort, options.GatewayPort) = (Azurite.FreePort(), 0))
                .AddAzureBlobGrainStorage(Provider, options =>
                {
                    options.BlobServiceClient = new BlobServiceClient(Azurite.ConnectionString(azurite.Port));
                    options.ContainerName = AzureStores.NewContainer();
                    options.GrainStorageSerializer = new StoredBytesSerializer();
                }))
            .Build();
        await _silo.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _silo!.StopAsync();
        _silo.Dispose();
    }
}
