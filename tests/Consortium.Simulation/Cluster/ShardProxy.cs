using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Cluster;

/// <summary>A shard as another process sees it: every call is a message to wherever the shard lives now.</summary>
internal sealed class ShardProxy(SimulatedCluster cluster, SimulatedProcess caller, int shard) : IStateShard
{
    private const int Attempts = 3;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    public async ValueTask RestoreAsync(Epoch epoch, int slice, ReadOnlyMemory<byte> exported, CancellationToken cancellationToken) =>
        await AskAsync(
            MessageKind.Restore,
            role =>
            {
                role.Restore(epoch, slice, exported);
                return true;
            },
            cancellationToken);

    public ValueTask<Digest?> EndRestoreAsync(Epoch epoch, ulong height, ulong position, CancellationToken cancellationToken) =>
        AskAsync(MessageKind.Restore, role => role.EndRestore(epoch, height, position), cancellationToken);

    public async ValueTask OpenAsync(Epoch epoch, CancellationToken cancellationToken) => await AskAsync(
        MessageKind.Open,
        role =>
        {
            role.Open(epoch);
            return true;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<byte[]?>> GatherAsync(
        Epoch epoch,
        IReadOnlyList<StateKey> keys,
        CancellationToken cancellationToken) => AskAsync(MessageKind.Gather, role => role.Gather(epoch, keys), cancellationToken);

    public async ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken) => await AskAsync(
        MessageKind.Apply,
        role =>
        {
            role.Apply(epoch, writes);
            return true;
        },
        cancellationToken);

    public ValueTask<Digest> CutAsync(
        Epoch epoch,
        ulong height,
        ulong position,
        bool takesSnapshot,
        CancellationToken cancellationToken) => AskAsync(
        MessageKind.Cut,
        role => role.FinishCut(epoch, height, role.BeginCut(epoch, height, position), takesSnapshot),
        cancellationToken);

    public ValueTask<byte[]?> ExportAsync(Epoch epoch, ulong height, int slice, CancellationToken cancellationToken) =>
        AskAsync(MessageKind.Export, role => role.Export(epoch, height, slice), cancellationToken);

    public ValueTask<ShardRead> ReadAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken) =>
        AskAsync(MessageKind.Read, role => role.Read(keys), cancellationToken);

    public ValueTask<ShardHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken) =>
        AskAsync(MessageKind.Read, role => role.Holdings(account), cancellationToken);

    public ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken) =>
        AskAsync(MessageKind.Prove, role => role.Prove(key), cancellationToken);

    private async ValueTask<T> AskAsync<T>(MessageKind kind, Func<StateShard, T> ask, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var host = cluster.Directory.Shard(shard);
            try
            {
                return await cluster.Network.CallAsync(
                    caller,
                    host.Silo.Process,
                    kind,
                    AnswerTimeout,
                    () => Task.FromResult(ask(host.Role)));
            }
            catch (SimulatedTimeoutException exception)
            {
                if (attempt == Attempts)
                {
                    throw new StorageException($"Shard {shard} does not answer.", exception) { IsUnknown = true };
                }
            }
        }
    }
}
