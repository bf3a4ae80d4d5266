using Consortium.Consensus.Ports;
using Consortium.Gateway.Hosting;

namespace Consortium.Silo.Membership;

/// <summary>Keeps the directory of members level with the governance state.</summary>
internal sealed partial class MemberRefresh(
    NodeSource nodes,
    MemberDirectory directory,
    TimeProvider timeProvider,
    ILogger<MemberRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var node = await nodes.WaitUntilServingAsync(stoppingToken);
            while (true)
            {
                await RefreshAsync(node, stoppingToken);
                await Task.Delay(Period, timeProvider, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task RefreshAsync(Consortium.Gateway.Node.ILedgerNode node, CancellationToken cancellationToken)
    {
        try
        {
            await directory.RefreshAsync(node, cancellationToken);
        }
        catch (StorageException exception)
        {
            LogNotRefreshed(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The present members could not be read ({Reason}); those read last are taken.")]
    private partial void LogNotRefreshed(string reason);
}
