using System.Collections.Concurrent;
using Consortium.Consensus.Ports;
using Microsoft.Win32.SafeHandles;

namespace Consortium.Storage.Segments;

/// <summary>Segments as files of a folder that several processes of one machine share.</summary>
/// <remarks>
/// An append takes an exclusive lock, compares the length, writes, and answers when the disk has the bytes. A process that is
/// killed in the middle leaves a beginning of its bytes and no lock. Readers take no lock: they may see bytes that are still being
/// written. The folder must be on a local disk: network file systems may not keep the lock.
/// </remarks>
public sealed class FolderSegmentStore : ISegmentStore
{
    private const string LockName = ".lock";

    private readonly string _root;
    private readonly TimeProvider _timeProvider;
    private readonly ConcurrentDictionary<string, FolderLock> _locks = new(StringComparer.Ordinal);

    /// <summary>Makes a store of a folder.</summary>
    /// <param name="path">The folder; created when missing.</param>
    /// <param name="timeProvider">Times the wait for other processes.</param>
    /// <exception cref="StorageException">The folder cannot be used.</exception>
    public FolderSegmentStore(string path, TimeProvider timeProvider)
    {
        _root = Path.GetFullPath(path);
        _timeProvider = timeProvider;
        try
        {
            Directory.CreateDirectory(_root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The folder '{_root}' cannot be used: {exception.Message} Check that it is a folder of a local disk that is not full, and that this process may write to it.",
                exception);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A file takes more; the numbers bound what one call holds in memory, and what one file may become.</remarks>
    public SegmentLimits Limits { get; } = new(AppendBytes: 16 << 20, Appends: long.MaxValue, SegmentBytes: 1L << 40);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SegmentInfo>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        SegmentName.CheckPrefix(prefix);
        return await Task.Run(() => Explained($"The segments '{prefix}*' in '{_root}' cannot be listed", () => List(prefix)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask CreateAsync(string name, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        await Task.Run(() => Explained($"Segment '{name}' in '{_root}' was not created", () => Create(PathOf(name))), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        Limits.Check(name, offset, bytes.Length, appends: 0);
        var path = PathOf(name);
        try
        {
            await LockOf(path).RunAsync(() => Append(name, path, offset, bytes.Span), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed($"Nothing was appended to segment '{name}' in '{_root}'", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        return await Task.Run(() => Explained($"Segment '{name}' in '{_root}' cannot be read", () => Read(PathOf(name), offset, buffer.Span)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        SegmentName.Check(name);
        await Task.Run(
            () => Explained(
                $"Segment '{name}' in '{_root}' was not deleted",
                () =>
                {
                    var path = PathOf(name);
                    if (File.Exists(path))
                    {
                        File.Delete(path);
                        DirectorySync.Flush(Path.GetDirectoryName(path)!);
                    }

                    return true;
                }),
            cancellationToken);
    }

    private static bool Create(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process created the file first. It may have died before it synced the directory, so the directory is synced here again.
        }

        DirectorySync.Flush(folder);
        DirectorySync.Flush(Path.GetDirectoryName(folder)!);
        return true;
    }

    private static bool Append(string name, string path, long offset, ReadOnlySpan<byte> bytes)
    {
        using var file = Open(path, FileAccess.Write);
        if (RandomAccess.GetLength(file) != offset)
        {
            throw new SegmentConflictException(name, offset);
        }

        try
        {
            RandomAccess.Write(file, bytes, offset);
            RandomAccess.FlushToDisk(file);
            return true;
        }
        catch (IOException exception)
        {
            TakeBack(file, name, offset, exception);
            throw;
        }
    }

    /// <summary>Cuts a segment back to its length before an append that failed; called under the lock.</summary>
    private static void TakeBack(SafeFileHandle file, string name, long offset, IOException because)
    {
        try
        {
            RandomAccess.SetLength(file, offset);
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException)
        {
            throw new StorageException(
                $"Whether segment '{name}' was appended to is not known: {because.Message} Check the disk and the system log.",
                because)
            {
                IsUnknown = true,
            };
        }
    }

    private static int Read(string path, long offset, Span<byte> buffer)
    {
        using var file = Open(path, FileAccess.Read);
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(file, buffer[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    private static SafeFileHandle Open(string path, FileAccess access) =>
        File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);

    private static void Explained(string what, Action work) => Explained(what, () =>
    {
        work();
        return true;
    });

    private static T Explained<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(what, exception);
        }
    }

    private static StorageException Failed(string what, Exception exception) => new(
        $"{what}: {exception.Message} Check that the folder is on a local disk that is not full, and that this process may write to it; it is tried again.",
        exception);

    private List<SegmentInfo> List(string prefix)
    {
        var folder = Path.Combine(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        var found = new List<SegmentInfo>();
        if (Directory.Exists(folder))
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(_root, file.FullName).Replace('\\', '/');
                if (name.StartsWith(prefix, StringComparison.Ordinal) && !file.Name.StartsWith('.'))
                {
                    found.Add(new SegmentInfo(name, file.Length));
                }
            }
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return found;
    }

    private FolderLock LockOf(string path) => _locks.GetOrAdd(
        Path.Combine(Path.GetDirectoryName(path)!, LockName),
        static (key, clock) => new FolderLock(key, clock),
        _timeProvider);

    private string PathOf(string name) => Path.Combine(_root, name);
}
