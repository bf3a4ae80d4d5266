using Consortium.Consensus.Ports;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Telemetry;
using Consortium.Ledger.Blocks;
using Consortium.Silo.Importing;
using Consortium.Storage;

namespace Consortium.Silo.Hosting;

/// <summary>A silo with its gateway, and what it has opened.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly Stack<IDisposable> _opened;

    private SiloProcess(WebApplication app, Stack<IDisposable> opened) => (App, _opened) = (app, opened);

    /// <summary>The application, not started.</summary>
    public WebApplication App { get; }

    /// <summary>Waits for the storage, opens what a silo needs of its own machine, and puts it together.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>The silo, not started.</returns>
    /// <exception cref="StorageException">Something cannot be opened, and waiting does not mend it; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The process was asked to stop while it waited for the storage.</exception>
    public static async Task<SiloProcess> CreateAsync(SiloOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var opened = new Stack<IDisposable>();
        try
        {
            // First, because what it refuses must stay as it is: the ledger of an older version, or of a silo that runs.
            var folder = DataFolder.Open(options.Gateway.Data);
            opened.Push(folder);
            var (storage, genesis) = await StorageWait.OpenAsync(
                options,
                token => OpenAsync(options, folder, timeProvider, token),
                timeProvider,
                cancellationToken);
            var setup = new SiloSetup(options, folder, storage, genesis, timeProvider, opened);
            var app = GatewayHost.Build(options.Gateway with { Identity = IdentityOf(options, genesis) }, node: null, setup.Add);
            return new SiloProcess(app, opened);
        }
        catch
        {
            Close(opened);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Close(_opened);
    }

    private static async Task<(ClusterStorage Storage, Genesis Genesis)> OpenAsync(
        SiloOptions options,
        DataFolder folder,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var storage = await ClusterStorage.OpenAsync(options, timeProvider, cancellationToken);
        if (options.Host == SiloHostKind.Silo)
        {
            await new ChainImport(storage.ImportJournal, storage.ImportMark, Console.WriteLine)
                .RunAsync(folder.Path, SiloNetwork.GenesisPath(options), cancellationToken);
        }

        return (storage, await SiloNetwork.ReadGenesisAsync(options, storage.Journal, timeProvider, cancellationToken));
    }

    private static TelemetryIdentity IdentityOf(SiloOptions options, Genesis genesis) => options.Host == SiloHostKind.Silo
        ? new TelemetryIdentity("consortium-silo", options.Member is null ? null : SiloNetwork.FindMember(genesis, options.Member).Name)
        : TelemetryIdentity.Gateway;

    private static void Close(Stack<IDisposable> opened)
    {
        while (opened.TryPop(out var item))
        {
            item.Dispose();
        }
    }
}
