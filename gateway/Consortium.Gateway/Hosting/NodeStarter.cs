using Consortium.Consensus.Ports;

namespace Consortium.Gateway.Hosting;

/// <summary>Opens the ledger's folder and runs the embedded engine as long as the process serves.</summary>
/// <remarks>Listening does not wait for it: health says so while it recovers.</remarks>
internal sealed partial class NodeStarter(
    GatewayOptions options,
    NodeSource nodes,
    IHostApplicationLifetime lifetime,
    ExitCode exitCode,
    TimeProvider timeProvider,
    ILoggerFactory loggers,
    ILogger<NodeStarter> logger,
    IScenario? scenario = null) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What follows blocks on storage; hosts start services one after another.
        await Task.Yield();
        try
        {
            if (options.Demo && scenario is not null)
            {
                await scenario.PrepareAsync(options, stoppingToken);
            }

            await using var ledger = await LedgerFolder.OpenAsync(options, timeProvider, loggers, stoppingToken);
            nodes.Set(ledger.Node);
            await using var draining = lifetime.ApplicationStopping.Register(ledger.Node.BeginDraining);
            LogServing(ledger.Node.Genesis.Name, ledger.Node.Genesis.Network.ToString());
            await Task.WhenAny(ledger.Node.Failed, Task.Delay(Timeout.Infinite, stoppingToken));
            if (!stoppingToken.IsCancellationRequested)
            {
                Fail("Ordering has ended; the log says why. Start the gateway again: it recovers from its folder.");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (StorageException exception)
        {
            Fail(exception.Message);
        }
        catch (Exception exception)
        {
            LogStartingFailed(exception);
            Fail($"The node cannot start: {exception.Message}");
        }
    }

    private void Fail(string message)
    {
        LogFailed(message);
        exitCode.Value = 1;
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving network {Name} ({Network}).")]
    private partial void LogServing(string name, string network);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Message}")]
    private partial void LogFailed(string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Starting failed.")]
    private partial void LogStartingFailed(Exception exception);
}
