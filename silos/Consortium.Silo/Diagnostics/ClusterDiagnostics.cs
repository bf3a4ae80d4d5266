using Consortium.Api;
using Consortium.Gateway.Node;
using Consortium.Gateway.Node.Diagnostics;
using Consortium.Grains.Consensus;
using Consortium.Grains.Diagnostics;
using Consortium.Grains.Messages;

namespace Consortium.Silo.Diagnostics;

/// <summary>Asks the sequencer and the silos of a cluster for their state, from a silo or from a gateway that is not one.</summary>
/// <param name="grains">Makes references to grains.</param>
/// <param name="timeProvider">The asker's clock.</param>
/// <param name="logger">Is told why the membership table was not read.</param>
internal sealed partial class ClusterDiagnostics(IGrainFactory grains, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Asks the sequencer for the positions and heights that it has reached.</summary>
    /// <param name="bound">Ends the diagnosis.</param>
    /// <returns>The answer, or <see langword="null"/> when there was none or ordering has not begun.</returns>
    public async Task<ConsensusDiagnosis?> AskConsensusAsync(CancellationToken bound)
    {
        try
        {
            var head = await grains.GetGrain<IConsensusGrain>(0).FollowAsync(new FollowRequest(0, 0, 0)).WaitAsync(bound);
            return head.Activation == 0 ? null : new ConsensusDiagnosis(head.Activation, head.ToHead(), head.QueueLength);
        }
        catch (Exception exception)
        {
            LogSilent(exception, "the sequencer");
            return null;
        }
    }

    /// <summary>Asks every silo that the membership table does not list as dead.</summary>
    /// <param name="bound">Ends the diagnosis.</param>
    /// <returns>One per silo; none when the membership table could not be read.</returns>
    public async Task<IReadOnlyList<SiloDiagnosis>> AskSilosAsync(CancellationToken bound)
    {
        MembershipEntry[] hosts;
        try
        {
            hosts = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false, bound).WaitAsync(bound);
        }
        catch (Exception exception)
        {
            LogSilent(exception, "the membership table");
            return [];
        }

        return await Task.WhenAll(hosts
            .Where(host => host.Status != SiloStatus.Dead)
            .OrderBy(host => host.SiloAddress)
            .Select(host => AskAsync(host, bound)));
    }

    private async Task<SiloDiagnosis> AskAsync(MembershipEntry host, CancellationToken bound)
    {
        var asked = timeProvider.GetUtcNow();
        SiloFacts? facts = null;
        string? fault = null;
        try
        {
            var report = await grains.GetGrain<ISiloReportGrain>(host.SiloAddress.ToParsableString()).ReportAsync().WaitAsync(bound);
            _ = EnumText.TryRead<NodeStatus>(report.Status, out var status);
            facts = new SiloFacts(report.Member, status, report.Version, report.Clock, report.CertificateExpires);
        }
        catch (OperationCanceledException)
        {
            fault = "It did not answer in time.";
        }
        catch (Exception exception)
        {
            fault = exception.Message;
        }

        return new SiloDiagnosis(
            host.SiloAddress.ToString(),
            EnumText.Write(host.Status),
            new DateTimeOffset(DateTime.SpecifyKind(host.StartTime, DateTimeKind.Utc)),
            facts,
            asked,
            timeProvider.GetUtcNow(),
            fault);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A diagnosis is without {What}, which did not answer.")]
    private partial void LogSilent(Exception exception, string what);
}
