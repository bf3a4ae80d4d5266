using System.Diagnostics.CodeAnalysis;

namespace Consortium.Storage.Azure;

/// <summary>Where segments are in Azure Storage, and how long one call may take.</summary>
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
    /// <value>Default 5 seconds; 100 milliseconds to 1 minute. An append that takes longer is looked for, not sent again.</value>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Tries of a call that may be repeated without harm: all but appends.</summary>
    /// <value>Default 3; 1 to 10.</value>
    public int Tries { get; init; } = 3;

    /// <summary>Wait before the second try; twice as long before each one after.</summary>
    /// <value>Default 200 milliseconds; 0 to 10 seconds.</value>
    public TimeSpan TryPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <exception cref="ArgumentException">A setting is missing or out of range.</exception>
    public void Check()
    {
        if (string.IsNullOrEmpty(ConnectionString) == ServiceUri is null)
        {
            throw new ArgumentException("Segments in Azure Storage need either a connection string or the URI of the blob service. Give one of them.");
        }

        Require(TryTimeout >= TimeSpan.FromMilliseconds(100) && TryTimeout <= TimeSpan.FromMinutes(1), $"One try may take 0.1 to 60 s, not {TryTimeout.TotalSeconds} s.");
        Require(Tries is >= 1 and <= 10, $"There may be 1 to 10 tries, not {Tries}.");
        Require(TryPause >= TimeSpan.Zero && TryPause <= TimeSpan.FromSeconds(10), $"The wait between tries may be 0 to 10 s, not {TryPause.TotalSeconds} s.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
