using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;

namespace Consortium.Storage.Azure;

/// <summary>Segments as append blobs of one container.</summary>
/// <remarks>
/// <para>
/// An append carries the offset it belongs at (<c>x-ms-blob-condition-appendpos</c>); the service refuses it with 412 when the blob
/// has another length. The client that appends never sends an append twice: its second try would be refused because its first happened,
/// and that must not be taken for another writer. What becomes of an append without an answer is unknown, and said so.
/// </para>
/// <para>Everything else may be repeated without harm, and has a client that does so as the library would by itself.</para>
/// </remarks>
public sealed class AzureSegmentStore : ISegmentStore
{
    private readonly BlobContainerClient _container;
    private readonly BlobContainerClient _appending;

    // Appends that a blob is known to have had; asked for once, then told by each append.
    private readonly ConcurrentDictionary<string, int> _appends = new(StringComparer.Ordinal);

    private AzureSegmentStore(AzureSegmentOptions options)
    {
        options.Check();
        _container = Connect(options, retry => { });
        _appending = Connect(options, retry => retry.MaxRetries = 0);
    }

    /// <summary>The limits of the service, in its oldest version that has conditional appends.</summary>
    /// <remarks>
    /// 4 MiB per append up to service version 2022-11-02, 50,000 appends per blob, and both together per blob. Emulators and newer
    /// versions take more; <see href="https://learn.microsoft.com/rest/api/storageservices/append-block"/>.
    /// </remarks>
    public static SegmentLimits ServiceLimits { get; } = new(AppendBytes: 4 << 20, Appends: 50_000, SegmentBytes: (4L << 20) * 50_000);

    /// <inheritdoc/>
    public SegmentLimits Limits => ServiceLimits;

    /// <summary>Connects, and creates the container when it is missing.</summary>
    /// <param name="options">The account and container of the segments.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The store.</returns>
    /// <exception cref="ArgumentException">A setting is missing or out of range.</exception>
    /// <exception cref="StorageException">The service cannot be reached, or does not let this process in.</exception>
    public static async ValueTask<AzureSegmentStore> OpenAsync(AzureSegmentOptions options, CancellationToken cancellationToken)
    {
        var store = new AzureSegmentStore(options);
        await AskAsync(
            $"The container '{options.Container}' cannot be used",
            () => store._container.CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            cancellationToken);
        return store;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SegmentInfo>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        SegmentName.CheckPrefix(prefix);
        var found = new List<SegmentInfo>();
        string? next = null;
        do
        {
            var after = next;
            var page = await AskAsync($"The segments '{prefix}*' cannot be listed", () => PageAsync(prefix, after, cancellationToken), cancellationToken);
            found.AddRange(page.Values.Select(blob => new SegmentInfo(blob.Name, blob.Properties.ContentLength ?? 0)));
            next = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));

        found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return found;
    }

    /// <inheritdoc/>
    public async ValueTask CreateAsync(string name, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        await AskAsync(
            $"Segment '{name}' was not created",
            () => Blob(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        Limits.Check(name, offset, bytes.Length, await CountAppendsAsync(name, cancellationToken));
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        var conditions = new AppendBlobAppendBlockOptions
        {
            Conditions = new AppendBlobRequestConditions
            {
                IfAppendPositionEqual = offset,
                IfMaxSizeLessThanOrEqual = Limits.SegmentBytes,
            },
        };
        try
        {
            var answer = await _appending.GetAppendBlobClient(name).AppendBlockAsync(content, conditions, cancellationToken);
            _appends[name] = answer.Value.BlobCommittedBlockCount;
        }
        catch (RequestFailedException exception) when (exception.Status == 412 && exception.ErrorCode == BlobErrorCode.AppendPositionConditionNotMet)
        {
            // The count was taken at another length, so the service is asked for it again.
            _appends.TryRemove(name, out _);
            throw new SegmentConflictException(name, offset, exception);
        }
        catch (RequestFailedException exception) when (exception.Status is >= 400 and < 500 and not 408)
        {
            _appends.TryRemove(name, out _);
            throw new StorageException($"Nothing was appended to segment '{name}': {Reason(exception)}", exception);
        }
        catch (Exception exception) when (IsWithoutAnswer(exception, cancellationToken))
        {
            throw new StorageException(
                $"Whether segment '{name}' was appended to at byte {offset} is not known: {Reason(exception)}",
                exception)
            {
                IsUnknown = true,
            };
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        return buffer.IsEmpty
            ? 0
            : await AskAsync($"Segment '{name}' cannot be read", () => ReadOnceAsync(name, offset, buffer, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        _appends.TryRemove(name, out _);
        await AskAsync(
            $"Segment '{name}' was not deleted",
            () => Blob(name).DeleteIfExistsAsync(cancellationToken: cancellationToken),
            cancellationToken);
    }

    // Without an answer, or with one that does not say that nothing happened.
    private static bool IsWithoutAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception is RequestFailedException or IOException or AggregateException or AuthenticationFailedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Reason(Exception exception) => exception switch
    {
        // What all tries met.
        AggregateException { InnerExceptions: [.., var last] } => Reason(last),
        RequestFailedException { Status: 401 or 403 } denied =>
            $"the storage account does not let this process in ({denied.ErrorCode}). Check the connection string or the identity's role.",
        RequestFailedException { Status: 404 } missing =>
            $"it is not there ({missing.ErrorCode}). Check the container; restore it from a backup if it was deleted.",
        RequestFailedException { Status: > 0 } failed =>
            $"the storage account answered {failed.Status} ({failed.ErrorCode}). It is tried again.",
        AuthenticationFailedException =>
            $"this process has no token for the storage account ({exception.Message.Split('\n')[0].TrimEnd('\r')}). It is tried again; check the identity.",
        OperationCanceledException => "the storage account did not answer in time. It is tried again.",
        _ => $"the storage account cannot be reached ({exception.Message.Split('\n')[0].TrimEnd('\r')}). It is tried again.",
    };

    private async Task<Page<BlobItem>> PageAsync(string prefix, string? after, CancellationToken cancellationToken)
    {
        await foreach (var page in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).AsPages(after))
        {
            return page;
        }

        throw new RequestFailedException("The listing has no page.");
    }

    private async Task<int> ReadOnceAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, buffer.Length) };
            using var download = (await Blob(name).DownloadStreamingAsync(options, cancellationToken)).Value;
            return await download.Content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 416)
        {
            // There is nothing at the offset: the segment ends there.
            return 0;
        }
    }

    private async ValueTask<long> CountAppendsAsync(string name, CancellationToken cancellationToken)
    {
        if (_appends.TryGetValue(name, out var known))
        {
            return known;
        }

        var properties = await AskAsync(
            $"Nothing was appended to segment '{name}'",
            () => Blob(name).GetPropertiesAsync(cancellationToken: cancellationToken),
            cancellationToken);
        return _appends[name] = properties.Value.BlobCommittedBlockCount;
    }

    // The client has tried again by then, where that may help.
    private static async Task<T> AskAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (IsWithoutAnswer(exception, cancellationToken))
        {
            throw new StorageException($"{what}: {Reason(exception)}", exception);
        }
    }

    private static BlobContainerClient Connect(AzureSegmentOptions options, Action<RetryOptions> retry)
    {
        var client = new BlobClientOptions();
        client.Retry.NetworkTimeout = options.TryTimeout;
        retry(client.Retry);
        return options.ServiceUri is null
            ? new BlobContainerClient(options.ConnectionString, options.Container, client)
            : new BlobServiceClient(options.ServiceUri, AzureIdentity.Credential, client).GetBlobContainerClient(options.Container);
    }

    private AppendBlobClient Blob(string name) => _container.GetAppendBlobClient(name);
}
