using Azure.Core;
using Azure.Identity;

namespace Consortium.Storage.Azure;

/// <summary>Chooses the credential by which this process calls a storage account: the same for blobs, snapshots and membership.</summary>
/// <remarks>
/// A pod's workload identity by itself when the environment names one. Otherwise the first of several ways that works, which may take
/// seconds to find: <c>AZURE_TOKEN_CREDENTIALS</c> names the one to use, such as <c>ManagedIdentityCredential</c>, and should on machines
/// that serve.
/// </remarks>
public static class AzureIdentity
{
    private static readonly string[] WorkloadVariables = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"];
    private static readonly Lazy<TokenCredential> Shared = new(() => Choose(Environment.GetEnvironmentVariable));

    /// <summary>The process's identity; one for all, so that they share its tokens.</summary>
    public static TokenCredential Credential => Shared.Value;

    internal static TokenCredential Choose(Func<string, string?> environment) =>
        Array.TrueForAll(WorkloadVariables, name => !string.IsNullOrEmpty(environment(name)))
            ? new WorkloadIdentityCredential()
            : new DefaultAzureCredential();
}
