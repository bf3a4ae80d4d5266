using Consortium.Consensus.Sequencing;

namespace Consortium.Simulation.Memory;

/// <summary>The decoded content of a snapshot.</summary>
/// <param name="Manifest">The sequencer's own part.</param>
/// <param name="Window">The slices of the duplicate window.</param>
/// <param name="Shards">The slices of each shard that has some.</param>
internal sealed record SnapshotPieces(
    SnapshotManifest Manifest,
    IReadOnlyList<ReadOnlyMemory<byte>> Window,
    ILookup<int, ReadOnlyMemory<byte>> Shards)
{
    /// <summary>Decodes a snapshot.</summary>
    /// <returns>The pieces, or nothing when a part is damaged.</returns>
    public static SnapshotPieces? Read(Snapshot snapshot)
    {
        var sections = new List<SnapshotSection>();
        foreach (var part in snapshot.Parts)
        {
            if (!SnapshotSection.TryReadAll(part, out var read))
            {
                return null;
            }

            sections.AddRange(read);
        }

        return sections.Count > 0
            && sections[0].Owner == SnapshotSection.Manifest
            && SnapshotManifest.TryRead(sections[0].Bytes) is { } manifest
                ? new SnapshotPieces(
                    manifest,
                    [.. sections.Where(section => section.Owner == SnapshotSection.Window).Select(section => section.Bytes)],
                    sections.Where(section => section.Owner >= 0).ToLookup(section => section.Owner, section => section.Bytes))
                : null;
    }

    /// <summary>Encodes the pieces again, each in a part of its own.</summary>
    public Snapshot ToSnapshot(ulong height) => new(
        height,
        [
            Part(new SnapshotSection(SnapshotSection.Manifest, Manifest.ToArray())),
            .. Window.Select(slice => Part(new SnapshotSection(SnapshotSection.Window, slice))),
            .. Shards.SelectMany(shard => shard.Select(slice => Part(new SnapshotSection(shard.Key, slice)))),
        ]);

    private static ReadOnlyMemory<byte> Part(SnapshotSection section)
    {
        var bytes = new byte[section.Size];
        section.Write(bytes);
        return bytes;
    }
}
