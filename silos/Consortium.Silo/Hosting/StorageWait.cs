using Consortium.Gateway.Hosting;
using Consortium.Gateway.Telemetry;

namespace Consortium.Silo.Hosting;

/// <summary>Waits at the start until the storage answers, so that a cluster and its storage may be started in any order.</summary>
/// <remarks>
/// Meanwhile the process answers over HTTP as a gateway that starts: live, and not ready. What waiting does not mend (a password, an address that is
/// no address, a storage without a ledger) is thrown without waiting.
/// </remarks>
internal sealed partial class StorageWait : IAsyncDisposable
{
    // Short enough to begin soon after the storage does, long enough not to be a burden to one that is overloaded.
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(8);

    private readonly WebApplication _app;
    private readonly ILogger<StorageWait> _logger;

    private StorageWait(WebApplication app) => (_app, _logger) = (app, app.Services.GetRequiredService<ILogger<StorageWait>>());

    /// <summary>Opens the storage, and tries again for as long as it does not answer.</summary>
    /// <typeparam name="T">What is opened.</typeparam>
    /// <param name="options">The settings.</param>
    /// <param name="open">Opens the storage once.</param>
    /// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The opened storage.</returns>
    /// <exception cref="OperationCanceledException">The process was asked to stop.</exception>
    public static async Task<T> OpenAsync<T>(
        SiloOptions options,
        Func<CancellationToken, Task<T>> open,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        StorageWait? wait = null;
        try
        {
            for (var pause = PauseMin; ; pause = Min(pause * 2, PauseMax))
            {
                try
                {
                    var opened = await open(wait?._app.Lifetime.ApplicationStopping ?? cancellationToken);
                    wait?.LogOpened();
                    return opened;
                }
                catch (Exception exception) when (StartFault.IsPassing(exception))
                {
                    wait ??= await BeginAsync(options, cancellationToken);
                    wait.LogWaiting(StartFault.Describe(exception) ?? exception.Message, pause.TotalSeconds);
                    await Task.Delay(pause, timeProvider, wait._app.Lifetime.ApplicationStopping);
                }
            }
        }
        finally
        {
            if (wait is not null)
            {
                await wait.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<StorageWait> BeginAsync(SiloOptions options, CancellationToken cancellationToken)
    {
        // The member's name is in the genesis, which may be in the storage that does not answer yet.
        var identity = options.Host == SiloHostKind.Silo ? new TelemetryIdentity("consortium-silo", Member: null) : TelemetryIdentity.Gateway;
        var app = GatewayHost.Build(options.Gateway with { Identity = identity }, node: null, _ => { });
        try
        {
            await app.StartAsync(cancellationToken);
            return new StorageWait(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for the storage. {Reason} The next try is in {Seconds} s.")]
    private partial void LogWaiting(string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The storage answers: starting.")]
    private partial void LogOpened();
}
