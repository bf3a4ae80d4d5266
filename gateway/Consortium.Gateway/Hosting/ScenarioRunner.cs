using Consortium.Gateway.Demo;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Consortium.Gateway.Hosting;

/// <summary>Plays the scenario once the node serves, and with <c>--once</c> stops the process.</summary>
/// <param name="scenario">The scenario to play.</param>
/// <param name="options">The gateway's options.</param>
/// <param name="nodes">Tells when the node answers requests.</param>
/// <param name="server">Knows the gateway's address.</param>
/// <param name="lifetime">Stops the process.</param>
/// <param name="exitCode">1 when the scenario did not turn out as it must.</param>
/// <param name="logger">The log of this class.</param>
public sealed partial class ScenarioRunner(
    DemoScenario scenario,
    GatewayOptions options,
    NodeSource nodes,
    IServer server,
    IHostApplicationLifetime lifetime,
    ExitCode exitCode,
    ILogger<ScenarioRunner> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = lifetime.ApplicationStarted.Register(() => listening.TrySetResult());
            await listening.Task.WaitAsync(stoppingToken);
            await nodes.WaitUntilServingAsync(stoppingToken);
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            var succeeded = await scenario.PlayAsync(new Uri(addresses.First()), options, stoppingToken);
            exitCode.Value = succeeded ? exitCode.Value : 1;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogScenarioFailed(exception);
            exitCode.Value = 1;
        }

        if (options.Once)
        {
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The scenario ended with an exception.")]
    private partial void LogScenarioFailed(Exception exception);
}
