using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Gateway.Node.Diagnostics;

namespace Consortium.Gateway.Doctor;

/// <summary>Answers how the network's parts are, over whichever protocol.</summary>
internal sealed class DoctorQueries(NodeSource nodes, ReaderCheck readers, GatewayOptions options, TimeProvider timeProvider)
{
    public async Task<DoctorResponse> GetAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        // A node that starts or drains can say what it waits for.
        var node = nodes.Current ?? nodes.Serving;
        readers.RequireReader(credentials, node);
        var began = timeProvider.GetTimestamp();
        var diagnosis = await node.DiagnoseAsync(cancellationToken);
        var now = node.Progress.Now;
        var (sealedTimeMs, finalTimeMs) =
            (await TimeOfAsync(node, now.SealedHeight, cancellationToken), await TimeOfAsync(node, now.FinalHeight, cancellationToken));
        return new DoctorResponse(
            node.Genesis.Network.ToString(),
            EnumText.Write(node.Status),
            Ms(timeProvider.GetUtcNow()),
            (ulong)timeProvider.GetElapsedTime(began).TotalMilliseconds,
            now.Position,
            now.SealedHeight,
            sealedTimeMs,
            now.FinalHeight,
            finalTimeMs,
            node.Index.Height,
            options.QueueTransactionsMax,
            node.Genesis.BlockIntervalMs,
            node.Genesis.FinalityBlocks,
            [.. diagnosis.Members.Select(DoctorMember.From)],
            [.. diagnosis.Silos.Select(Silo)],
            [.. diagnosis.Shards.Select(Shard)],
            diagnosis.Consensus is { } consensus ? Consensus(consensus) : null);
    }

    // An index that lags must not hold up the answer that says so.
    private static async ValueTask<ulong> TimeOfAsync(ILedgerNode node, ulong height, CancellationToken cancellationToken)
    {
        var known = Math.Min(height, node.Index.Height);
        var block = known == 0 ? null : await node.Index.FindBlockAsync(known, cancellationToken);
        return block?.Seal.Header.TimeMs ?? node.Genesis.TimeMs;
    }

    private static DoctorConsensus Consensus(ConsensusDiagnosis consensus) => new(
        consensus.Activation,
        consensus.LedgerHead.Position,
        consensus.LedgerHead.SealedHeight,
        consensus.LedgerHead.FinalHeight,
        consensus.QueueLength);

    private static DoctorShard Shard(ShardDiagnosis shard) => new(shard.Number, (ulong)shard.Elapsed.TotalMilliseconds, shard.Position, shard.Fault);

    private static DoctorSilo Silo(SiloDiagnosis silo)
    {
        var half = (silo.AnsweredAt - silo.AskedAt) / 2;
        return new DoctorSilo(
            silo.Address,
            silo.Membership,
            Ms(silo.Started),
            silo.Report?.Member,
            silo.Report is { } report ? EnumText.Write(report.Status) : null,
            silo.Report?.Version,
            silo.Report is null ? null : (long)(silo.Report.Clock - silo.AskedAt - half).TotalMilliseconds,
            silo.Report is null ? null : (long)half.TotalMilliseconds,
            silo.Report?.CertificateExpires?.ToUnixTimeMilliseconds(),
            silo.Fault);
    }

    private static ulong Ms(DateTimeOffset time) => (ulong)Math.Max(0, time.ToUnixTimeMilliseconds());
}
