using Consortium.Consensus.Mining;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Cluster;

/// <summary>A member's miner as another process calls it, with the faults that the seed injects.</summary>
/// <remarks>Hashing takes no virtual time, so the answer is held back for as long as its nonce says that the search took.</remarks>
internal sealed class MinerProxy(SimulatedCluster cluster, SimulatedProcess caller, SimulatedSilo silo) : IMiner
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(1);

    public async Task<BlockSeal> SealAsync(BlockHeader template, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var process = silo.Process;
        var miner = silo.Miner;
        var seal = await cluster.Network.CallAsync(
            caller,
            process,
            MessageKind.Seal,
            AnswerTimeout,
            () => SearchAsync(miner, process, template));
        cancellationToken.ThrowIfCancellationRequested();
        return seal;
    }

    private async Task<BlockSeal> SearchAsync(Miner miner, SimulatedProcess process, BlockHeader template)
    {
        var faults = cluster.MinerFaults;
        var seal = await miner.SealAsync(template, CancellationToken.None);
        var delay = cluster.Plan.HashTime * (long)(seal.Header.Nonce + 1);
        if (cluster.Happens(FaultKind.MinerSilent, faults.SilentPerMillion))
        {
            // Not a long timer, because such timers would add up over a run.
            await new TaskCompletionSource().Task;
        }
        else if (cluster.Happens(FaultKind.MinerLate, faults.LatePerMillion))
        {
            delay += cluster.Random.Next(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40));
        }

        if (cluster.Happens(FaultKind.MinerWrong, faults.WrongPerMillion))
        {
            seal = Spoil(seal);
            delay = TimeSpan.FromMilliseconds(1);
        }

        await Task.Delay(delay, process.Clock);
        return seal;
    }

    private BlockSeal Spoil(BlockSeal seal)
    {
        var signature = seal.Signature.ToArray();
        switch (cluster.Random.Next(4))
        {
            case 0:
                signature[cluster.Random.Next(signature.Length)] ^= 1;
                return seal with { Signature = signature };
            case 1:
                return seal with { Header = seal.Header with { Nonce = seal.Header.Nonce + 1 } };
            case 2:
                return seal with { Header = seal.Header with { TargetCompact = 0x207fffff } };
            default:
                return seal with { Header = seal.Header with { TimeMs = seal.Header.TimeMs + 1 } };
        }
    }
}
