using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Defects;

/// <summary>Passes calls to a snapshot store; defects override some of them.</summary>
internal abstract class SnapshotsDecorator(ISnapshotStore snapshots) : ISnapshotStore
{
    public ValueTask<ISnapshotWriter> BeginAsync(ulong height, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ISnapshotWriter>(new SnapshotCollector(height, SaveAsync));

    public async IAsyncEnumerable<IStoredSnapshot> ReadNewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var stored in snapshots.ReadNewestFirstAsync(cancellationToken))
        {
            var parts = new List<ReadOnlyMemory<byte>>();
            for (var part = 0; part < stored.PartCount; part++)
            {
                parts.Add(await stored.ReadAsync(part, cancellationToken) ?? default);
            }

            yield return Read(new Snapshot(stored.Height, parts));
        }
    }

    /// <summary>The snapshot that is stored instead of the one given.</summary>
    protected virtual Snapshot Write(Snapshot snapshot) => snapshot;

    /// <summary>The snapshot that is read instead of the one stored.</summary>
    protected virtual Snapshot Read(Snapshot snapshot) => snapshot;

    private async ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var written = Write(snapshot);
        var writer = await snapshots.BeginAsync(written.Height, cancellationToken);
        foreach (var part in written.Parts)
        {
            await writer.AddAsync(part, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
