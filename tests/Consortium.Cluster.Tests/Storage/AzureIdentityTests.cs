using Azure.Identity;
using Consortium.Storage.Azure;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>A pod uses its workload identity, without trying others first.</summary>
public sealed class AzureIdentityTests
{
    private static readonly Dictionary<string, string> Pod = new(StringComparer.Ordinal)
    {
        ["AZURE_TENANT_ID"] = "tenant",
        ["AZURE_CLIENT_ID"] = "client",
        ["AZURE_FEDERATED_TOKEN_FILE"] = "token",
    };

    [Fact]
    public void A_pod_with_a_workload_identity_uses_it_alone() =>
        Assert.IsType<WorkloadIdentityCredential>(AzureIdentity.Choose(name => Pod.GetValueOrDefault(name)));

    [Theory]
    [InlineData("AZURE_TENANT_ID")]
    [InlineData("AZURE_CLIENT_ID")]
    [InlineData("AZURE_FEDERATED_TOKEN_FILE")]
    public void Without_all_of_it_there_is_none(string missing) =>
        Assert.IsType<DefaultAzureCredential>(AzureIdentity.Choose(name => name == missing ? "" : Pod.GetValueOrDefault(name)));
}
