using System.Diagnostics.CodeAnalysis;

namespace Consortium.Storage.Azure;

/// <summary>The account and container of segments in Azure Storage, and the time limits of calls.</summary>
[SuppressMessage("Usage", "MA0015", Justification = "A setting is wrong, not a parameter.")]
public sealed record AzureSegmentOptions
{
    /// <summary>A connection string of the storage account.</summary>
    /// <value>Default none. Either this or <see cref="ServiceUri"/> must be given.</value>
    public string? ConnectionString { get; init; }

    /// <summary>The blob service of the storage account, used with the process's own identity.</summary>
    /// <value>Default none. For example <c>https://account.blob.core.windows.net</c>.</value>
    public Uri? ServiceUri { get; init; }

    /// <summary>The container that the segments are blobs of; created when missing.</summary>
    /// <value>Default <c>consortium</c>. 3 to 63 lowercase letters, digits and single '-'.</value>
    public string Container { get; init; } = "consortium";

    /// <summary>Longest that one try of one call may take.</summary>
    /// <value>Default 5 seconds; 100 milliseconds to 1 minute. An append that takes longer is looked for, not sent again; all else is tried again a few times.</value>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <exception cref="ArgumentException">A setting is missing or out of range.</exception>
    public void Check()
    {
        if (string.IsNullOrEmpty(ConnectionString) == ServiceUri is null)
        {
            throw new ArgumentException("Segments in Azure Storage need either a connection string or the URI of the blob service. Give one of them.");
        }

        Require(TryTimeout >= TimeSpan.FromMilliseconds(100) && TryTimeout <= TimeSpan.FromMinutes(1), $"One try may take 0.1 to 60 s, not {TryTimeout.TotalSeconds} s.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
