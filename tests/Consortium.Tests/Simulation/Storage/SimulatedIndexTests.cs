using Consortium.Consensus.Ports;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Memory;
using Consortium.Simulation.Storage;
using Consortium.Tests.Simulation.Engine;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Simulation.Storage;

public sealed class SimulatedIndexTests
{
    private readonly World _world = new();
    private readonly StorageFaults _faults = new();
    private readonly SimulatedProcess _process;
    private readonly SimulatedIndex _index;

    public SimulatedIndexTests()
    {
        _process = _world.Process("a");
        _index = new SimulatedIndex(
            new MemoryLedgerIndex(),
            new SimulatedDisk(_world.Time, _process, _faults, _world.Random("disk"), _world.Counts, _world.Log));
    }

    [Fact]
    public void Added_blocks_are_found_until_the_index_is_lost()
    {
        Add();
        Assert.Equal(1ul, _index.Height);
        Assert.NotNull(_world.Run(_process, async () => await _index.FindBlockAsync(1, default)));
        Assert.True(_world.Now > TimeSpan.Zero);

        _index.Lose();
        Assert.Equal(0ul, _index.Height);
        Assert.Equal(1, _world.Counts[FaultKind.IndexLost]);
    }

    [Fact]
    public void Adding_and_flushing_fail_without_effect()
    {
        _faults.IndexFailedPerMillion = 1_000_000;

        Assert.Throws<StorageException>(Add);
        Assert.Throws<StorageException>(() => _world.Run(_process, async () => await _index.FlushAsync(default)));
        Assert.Equal(0ul, _index.Height);
        Assert.Equal(2, _world.Counts[FaultKind.IndexFailed]);
    }

    private void Add() => _world.Run(_process, async () => await _index.AddAsync([IndexData.Block(1, 1, 2)], default));
}
