using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Memory;

/// <summary>Whole snapshots in memory, into a store and out of it: for tests.</summary>
public static class SnapshotStoreExtensions
{
    /// <summary>Keeps a snapshot, part by part out of one buffer that is used again, as the archivist does.</summary>
    /// <param name="store">The store.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="cancellationToken">Stops before the snapshot is kept.</param>
    /// <returns>A task that completes when the snapshot is stored.</returns>
    public static async Task SaveAsync(this ISnapshotStore store, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var writer = await store.BeginAsync(snapshot.Height, cancellationToken);
        var buffer = new byte[snapshot.Parts.Max(part => part.Length)];
        foreach (var part in snapshot.Parts)
        {
            part.CopyTo(buffer);
            await writer.AddAsync(buffer.AsMemory(0, part.Length), cancellationToken);
            Array.Fill(buffer, (byte)0xee);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Reads the snapshots none of whose parts is known to be missing or damaged.</summary>
    /// <param name="store">The store.</param>
    /// <returns>Newest first.</returns>
    public static async Task<IReadOnlyList<Snapshot>> ReadAllAsync(this ISnapshotStore store)
    {
        var whole = new List<Snapshot>();
        await foreach (var stored in store.ReadNewestFirstAsync(CancellationToken.None))
        {
            var parts = new List<ReadOnlyMemory<byte>>();
            while (parts.Count < stored.PartCount && await stored.ReadAsync(parts.Count, CancellationToken.None) is { } part)
            {
                parts.Add(part);
            }

            if (parts.Count == stored.PartCount)
            {
                whole.Add(new Snapshot(stored.Height, parts));
            }
        }

        return whole;
    }
}
