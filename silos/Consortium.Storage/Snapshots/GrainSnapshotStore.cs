using System.Globalization;
using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Consortium.Storage.Snapshots;

/// <summary>The newest two snapshots as records of grain storage: one per part, and a head that names those that are whole.</summary>
/// <remarks>
/// <para>
/// Saving: the head names the snapshot as begun; its parts are written one after another under names of their own; the head names it as
/// whole. Each change of the head is conditional on what was read of it. So any number of silos may save at a time: a snapshot is whole
/// or not there, and what a killed silo left is deleted with the next snapshot.
/// </para>
/// <para>A part is checked against its digest when it is read.</para>
/// </remarks>
public sealed partial class GrainSnapshotStore : ISnapshotStore
{
    private const string StateName = "snapshot";

    private readonly IGrainStorage _storage;
    private readonly ILogger _logger;
    private readonly GrainId _head;
    private readonly string _network;

    /// <summary>Makes a store; nothing is read or written yet.</summary>
    /// <param name="storage">The provider; it must keep <see cref="StoredBytes"/>, best by <see cref="StoredBytesSerializer"/>.</param>
    /// <param name="network">The network's id, which keeps its snapshots apart from those of other networks in the same provider.</param>
    /// <param name="logger">Is told of snapshots that are passed over.</param>
    public GrainSnapshotStore(IGrainStorage storage, string network, ILogger<GrainSnapshotStore> logger)
    {
        _storage = storage;
        _logger = logger;
        _network = network;
        _head = GrainId.Create("snapshots", network);
    }

    /// <inheritdoc/>
    public async ValueTask<ISnapshotWriter> BeginAsync(ulong height, CancellationToken cancellationToken)
    {
        var entry = new SnapshotEntry(Guid.NewGuid(), height, IsWhole: false, []);
        await ExplainAsync($"The snapshot of block {height} was not begun", () => ChangeHeadAsync(head => head.WithBegun(entry), cancellationToken));
        return new Writer(this, entry);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IStoredSnapshot> ReadNewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var head = await ExplainAsync("The snapshots were not read", async () => (await ReadHeadAsync()).Head);
        foreach (var entry in head.Entries.Where(entry => entry.IsWhole))
        {
            yield return new Stored(this, entry);
        }
    }

    private static async Task<T> ExplainAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
#pragma warning disable CA1031 // Each provider of grain storage has exceptions of its own.
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageException))
#pragma warning restore CA1031
        {
            throw new StorageException(
                $"{what}: grain storage failed ({exception.Message}). Check that the storage can be reached and is not full; it is tried again. Nothing of the ledger is lost.",
                exception);
        }
    }

    private GrainId PartId(SnapshotEntry entry, int part) =>
        GrainId.Create("snapshot-part", string.Create(CultureInfo.InvariantCulture, $"{_network}-{entry.Height:D20}-{entry.Id:N}-{part:D4}"));

    private async Task<(SnapshotHead Head, GrainState<StoredBytes> Record)> ReadHeadAsync()
    {
        var record = new GrainState<StoredBytes>(new StoredBytes());
        await _storage.ReadStateAsync(StateName, _head, record);
        if (!record.RecordExists)
        {
            return (SnapshotHead.Empty, record);
        }

        var head = record.State is { } stored ? SnapshotHead.Decode(stored.Bytes) : null;
        if (head is null)
        {
            LogHeadDamaged(_logger, _network);
        }

        return (head ?? SnapshotHead.Empty, record);
    }

    private async Task<(SnapshotHead Before, SnapshotHead After)> ChangeHeadAsync(
        Func<SnapshotHead, SnapshotHead> change,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (before, record) = await ReadHeadAsync();
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return (before, after);
            }

            record.State = new StoredBytes { Bytes = after.Encode() };
            try
            {
                await _storage.WriteStateAsync(StateName, _head, record);
                return (before, after);
            }
            catch (InconsistentStateException)
            {
                // Another silo changed the head meanwhile: the head is read again and the change is made to what it says now.
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(SnapshotEntry entry, int part)
    {
        var record = new GrainState<StoredBytes>(new StoredBytes());
        await _storage.ReadStateAsync(StateName, PartId(entry, part), record);
        var bytes = record.State?.Bytes ?? default;
        if (!record.RecordExists || bytes.Length != entry.Parts[part].Length || Digest.Sha256(bytes.Span) != entry.Parts[part].Digest)
        {
            LogDamaged(_logger, entry.Height, part);
            return null;
        }

        return bytes;
    }

    private async Task KeepAsync(SnapshotEntry entry, CancellationToken cancellationToken)
    {
        var (before, after) = await ChangeHeadAsync(
            head => head.Entries.Any(other => other.Id == entry.Id) ? head.WithWhole(entry) : head,
            cancellationToken);
        await DeleteAsync([.. before.Entries.Where(old => old.Id != entry.Id).Append(entry).Where(old => after.Entries.All(kept => kept.Id != old.Id))]);
    }

    // A snapshot that cannot be deleted only takes space: the new one is kept all the same.
    private async Task DeleteAsync(IReadOnlyList<SnapshotEntry> entries)
    {
        foreach (var entry in entries)
        {
            try
            {
                // Of a snapshot that was only begun the head does not say how many parts there are: they were written in order.
                for (var (part, isThere) = (0, true); isThere || part < entry.Parts.Count; part++)
                {
                    var record = new GrainState<StoredBytes>(new StoredBytes());
                    await _storage.ReadStateAsync(StateName, PartId(entry, part), record);
                    isThere = record.RecordExists;
                    if (isThere)
                    {
                        await _storage.ClearStateAsync(StateName, PartId(entry, part), record);
                    }
                }
            }
#pragma warning disable CA1031 // See above.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogNotDeleted(_logger, exception, entry.Height);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Part {Part} of the snapshot of block {Height} is missing or damaged; the snapshot is passed over. Starting takes longer, nothing is lost")]
    private static partial void LogDamaged(ILogger logger, ulong height, int part);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of snapshots of network '{Network}' is damaged and is begun again. Starting takes longer, nothing is lost")]
    private static partial void LogHeadDamaged(ILogger logger, string network);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The old snapshot of block {Height} was not deleted; it takes room, nothing else")]
    private static partial void LogNotDeleted(ILogger logger, Exception exception, ulong height);

    private sealed class Writer(GrainSnapshotStore store, SnapshotEntry entry) : ISnapshotWriter
    {
        private readonly List<SnapshotPart> _parts = [];
        private bool _mayBeThere;

        public async ValueTask AddAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ExplainAsync($"Part {_parts.Count} of the snapshot of block {entry.Height} was not kept", async () =>
            {
                var id = store.PartId(entry, _parts.Count);
                var record = new GrainState<StoredBytes>(new StoredBytes());
                if (_mayBeThere)
                {
                    await store._storage.ReadStateAsync(StateName, id, record);
                }

                _mayBeThere = true;
                record.State = new StoredBytes { Bytes = part };
                await store._storage.WriteStateAsync(StateName, id, record);
                return true;
            });
            _parts.Add(new SnapshotPart(part.Length, Digest.Sha256(part.Span)));
            _mayBeThere = false;
        }

        public async ValueTask CompleteAsync(CancellationToken cancellationToken) =>
            await ExplainAsync($"The snapshot of block {entry.Height} was not kept", async () =>
            {
                await store.KeepAsync(entry with { Parts = [.. _parts] }, cancellationToken);
                return true;
            });
    }

    private sealed class Stored(GrainSnapshotStore store, SnapshotEntry entry) : IStoredSnapshot
    {
        public ulong Height => entry.Height;

        public int PartCount => entry.Parts.Count;

        public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(int part, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await ExplainAsync("The snapshots were not read", () => store.ReadAsync(entry, part));
        }
    }
}
