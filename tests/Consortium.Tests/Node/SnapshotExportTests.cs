using System.Numerics;
using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Consensus.Shards;
using Consortium.Ledger.Blocks;
using Consortium.Simulation.Defects;
using Consortium.Simulation.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Tests.Node;

/// <summary>A snapshot is written beside ordering, in parts of a bounded size, one snapshot at a time.</summary>
public sealed class SnapshotExportTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Ordering_and_sealing_go_on_while_storage_does_not_take_a_snapshot_which_is_then_kept_whole()
    {
        var kept = new MemorySnapshotStore();
        var slow = new SlowSnapshotStore(kept);
        await using var fixture = await NodeFixture.StartAsync(
            ports: new RolePorts(new MemoryJournal(), slow, new MemoryLedgerIndex(), []),
            options: new SequencerOptions { SnapshotTransactions = 2 });
        using var patience = new CancellationTokenSource(Patience);
        await fixture.OpenAsync(_key);
        await fixture.OpenAsync(_key);
        var height = await slow.Begun.WaitAsync(patience.Token);

        // Enough for another snapshot, which must not take the shards' state from the first.
        for (var i = 0; i < 6; i++)
        {
            await fixture.OpenAsync(_key);
            await fixture.Node.Progress.WaitAsync(now => now.SealedPosition >= fixture.BatchPosition, patience.Token);
        }

        Assert.Empty(await kept.ReadAllAsync());
        slow.Release();
        while ((await kept.ReadAllAsync()).All(snapshot => snapshot.Height != height))
        {
            Assert.True((await kept.ReadAllAsync()).Count < 2, $"The snapshot of block {height} was given up for later ones.");
            await Task.Delay(5, patience.Token);
        }

        var posted = fixture.BatchPosition;
        await fixture.RestartAsync();
        Assert.True(fixture.Node.Progress.Now.Position > posted);
    }

    [Fact]
    public async Task Parts_hold_the_sections_in_order_and_as_many_as_fit()
    {
        var genesis = NodeFixture.MakeGenesis(_key, shardCount: 1);
        var core = new LedgerCore(
            genesis,
            [.. Enumerable.Range(0, genesis.Shards).Select(number => new Sliced(new LocalShard(new StateShard(number, 1), TaskScheduler.Default), (byte)number))],
            new SequencerOptions(),
            TimeProvider.System,
            NullLogger.Instance);
        await core.BeginAsync(default);
        var cut = core.Cut(core.TimeMs, takesSnapshot: true, default);
        await cut.ShardRoots;
        var seal = new BlockSeal(cut.Template, new byte[64]);
        var export = new SnapshotExport(core, new SnapshotManifest(seal, 1, BigInteger.One, null, [], 0), cut.Window!, TimeProvider.System);
        var parts = new List<byte[]>();
        await foreach (var part in export.PartsAsync(default))
        {
            parts.Add(part.ToArray());
        }

        Assert.Equal(parts.Sum(part => (long)part.Length), export.Bytes);
        var sections = parts.ConvertAll(part =>
        {
            Assert.True(SnapshotSection.TryReadAll(part, out var read));
            return read;
        });

        // A slice that is larger than a part is alone in one.
        Assert.All(parts.Zip(sections), part => Assert.True(part.First.Length <= SnapshotExport.PartBytesMax || part.Second.Count == 1));
        Assert.Equal(9, parts.Count);
        var all = sections.SelectMany(read => read).ToList();
        Assert.Equal([SnapshotSection.Manifest, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], all.Select(section => section.Owner));
        Assert.Equal(
            Enumerable.Range(0, genesis.Shards).SelectMany(shard => Sliced.Lengths.Select(length => (length, (byte)shard))),
            all.Skip(1).Select(section => (section.Bytes.Length, section.Bytes.Span[^1])));
    }

    private sealed class Sliced(IStateShard shard, byte number) : ShardDecorator(shard)
    {
        public static readonly int[] Lengths = [300_000, 400_000, 500_000, 1_500_000];

        public override ValueTask<byte[]?> ExportAsync(Epoch epoch, ulong height, int slice, CancellationToken cancellationToken) =>
            ValueTask.FromResult(slice < Lengths.Length ? Enumerable.Repeat(number, Lengths[slice]).ToArray() : null);
    }
}
