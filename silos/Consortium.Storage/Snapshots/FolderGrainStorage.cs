using System.Security.Cryptography;
using System.Text;
using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;
using Orleans.Storage;

namespace Consortium.Storage.Snapshots;

/// <summary>Grain storage in a folder that the silos of one machine share: one file per grain and state.</summary>
/// <remarks>
/// A file is replaced whole or not at all and begins with its etag, which is compared under a lock that holds among processes. The
/// folder must be on a local disk.
/// </remarks>
public sealed class FolderGrainStorage : IGrainStorage
{
    private const int EtagSize = 16;

    private readonly string _root;
    private readonly IGrainStorageSerializer _serializer;
    private readonly FolderLock _lock;

    /// <summary>Makes storage of a folder.</summary>
    /// <param name="path">The folder; created when missing.</param>
    /// <param name="serializer">Turns states into bytes.</param>
    /// <param name="timeProvider">Times the wait for other processes.</param>
    public FolderGrainStorage(string path, IGrainStorageSerializer serializer, TimeProvider timeProvider)
    {
        _root = Path.GetFullPath(path);
        _serializer = serializer;
        Directory.CreateDirectory(_root);
        _lock = new FolderLock(Path.Combine(_root, ".lock"), timeProvider);
    }

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = await ReadAsync(PathOf(stateName, grainId));
        grainState.ETag = bytes is null ? null! : EtagOf(bytes);
        grainState.RecordExists = bytes is not null;
        grainState.State = bytes is null ? Activator.CreateInstance<T>() : _serializer.Deserialize<T>(new BinaryData(bytes.AsMemory(EtagSize)));
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">The record is not the one that was read; nothing was written.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        var bytes = _serializer.Serialize(grainState.State).ToMemory();
        var etag = RandomNumberGenerator.GetBytes(EtagSize);
        await _lock.RunAsync(
            () =>
            {
                Require(path, grainState.ETag, grainId);
                Replace(path, etag, bytes.Span);
                return true;
            },
            CancellationToken.None);
        grainState.ETag = EtagOf(etag);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">The record is not the one that was read; nothing was deleted.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        await _lock.RunAsync(
            () =>
            {
                Require(path, grainState.ETag, grainId);
                File.Delete(path);
                DirectorySync.Flush(_root);
                return true;
            },
            CancellationToken.None);
        grainState.ETag = null!;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static async Task<byte[]?> ReadAsync(string path)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path);
            return bytes.Length >= EtagSize
                ? bytes
                : throw new StorageException($"'{path}' is damaged: it has {bytes.Length} bytes. Delete it, or restore it from a backup.");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static void Require(string path, string? etag, GrainId grain)
    {
        string? current = null;
        if (File.Exists(path))
        {
            using var file = File.OpenHandle(path);
            var bytes = new byte[EtagSize];
            current = RandomAccess.Read(file, bytes, 0) == EtagSize ? EtagOf(bytes) : string.Empty;
        }

        if (current != (string.IsNullOrEmpty(etag) ? null : etag))
        {
            throw new InconsistentStateException(
                $"The state of {grain} in '{path}' is not the one that was read: another silo wrote it. Read it again.",
                current ?? "none",
                etag ?? "none");
        }
    }

    private static void Replace(string path, ReadOnlySpan<byte> etag, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(etag);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    private static string EtagOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes[..EtagSize]);

    // Names of grains may hold anything, be of any length, and differ only in case.
    private string PathOf(string stateName, GrainId grainId) =>
        Path.Combine(_root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stateName}\n{grainId}"))));
}
