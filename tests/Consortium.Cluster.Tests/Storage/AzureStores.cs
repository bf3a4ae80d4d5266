using Consortium.Storage.Azure;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>Stores in containers of their own.</summary>
internal static class AzureStores
{
    public static string NewContainer() => $"test-{Guid.NewGuid():N}";

    public static ValueTask<AzureSegmentStore> OpenAsync(int port) => OpenAsync(port, NewContainer());

    public static ValueTask<AzureSegmentStore> OpenAsync(int port, string container) => AzureSegmentStore.OpenAsync(
        new AzureSegmentOptions { ConnectionString = Azurite.ConnectionString(port), Container = container, TryTimeout = TimeSpan.FromSeconds(20) },
        default);
}
