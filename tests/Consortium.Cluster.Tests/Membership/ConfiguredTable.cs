using Consortium.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ClusterOptions = Orleans.Configuration.ClusterOptions;

namespace Consortium.Cluster.Tests.Membership;

/// <summary>The membership table that a silo with some settings would use, without the silo.</summary>
internal static class ConfiguredTable
{
    public static async Task<IMembershipTable> OpenAsync(SiloOptions options, string cluster)
    {
        var storage = await ClusterStorage.OpenAsync(options, TimeProvider.System, CancellationToken.None);
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster, "consortium"));
            storage.AddTo(silo);
        });

        // The host is not started: only its table is asked.
        var table = builder.Build().Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return table;
    }
}
