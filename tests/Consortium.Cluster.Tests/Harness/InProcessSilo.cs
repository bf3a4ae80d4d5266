using Consortium.Cluster.Tests.Storage;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Consortium.Cluster.Tests.Harness;

/// <summary>A silo, or a gateway of silos, in the test's own process.</summary>
internal sealed class InProcessSilo : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly SiloProcess _process;

    private readonly ExitCode _exitCode;

    private InProcessSilo(SiloProcess process)
    {
        _process = process;
        _exitCode = Services.GetRequiredService<ExitCode>();
    }

    public int ExitCode => _exitCode.Value;

    public IServiceProvider Services => _process.App.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public NodeSource Nodes => Services.GetRequiredService<NodeSource>();

    public ILedgerNode Node => Nodes.Current!;

    public Uri Url => new(_process.App.Urls.First());

    public IHostApplicationLifetime Lifetime => _process.App.Lifetime;

    /// <summary>Starts a silo in this process and waits until it serves.</summary>
    /// <param name="options">Member, storage and keys; ports are chosen here.</param>
    /// <param name="clock">The only clock.</param>
    /// <returns>The silo, serving.</returns>
    public static async Task<InProcessSilo> StartAsync(SiloOptions options, TimeProvider clock)
    {
        options = options with
        {
            SiloPort = Azurite.FreePort(),
            ClientPort = Azurite.FreePort(),
            Gateway = options.Gateway with { Urls = "http://127.0.0.1:0", GrpcUrls = string.Empty },
        };
        var process = await SiloProcess.CreateAsync(options, clock, CancellationToken.None);
        try
        {
            await process.App.StartAsync();
            var silo = new InProcessSilo(process);
            await silo.WaitUntilServingAsync();
            return silo;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task StopAsync() => _process.App.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (!Lifetime.ApplicationStopped.IsCancellationRequested)
        {
            await StopAsync();
        }

        await _process.DisposeAsync();
    }

    private async Task WaitUntilServingAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await Nodes.WaitUntilServingAsync(limit.Token);
    }
}
