using Consortium.Client;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Hosting;

namespace Consortium.Gateway.Demo;

/// <summary>What <c>--demo</c> does: makes a network on an empty folder, plays the first scenario, and with <c>--once</c> verifies the chain.</summary>
/// <param name="output">Where the steps are told.</param>
/// <param name="timeProvider">The only clock.</param>
public sealed class DemoScenario(TextWriter output, TimeProvider timeProvider) : IScenario
{
    /// <inheritdoc/>
    public Task PrepareAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            if (!File.Exists(DemoNetwork.GenesisPath(options.Data)))
            {
                DemoNetwork.Create(options.Data, timeProvider);
            }

            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"No network can be made in the data folder '{options.Data}': {exception.Message} Name a folder that can be written with --data DIR.",
                exception);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> PlayAsync(Uri gateway, GatewayOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = gateway }, timeProvider);
        var steps = new DemoSteps(client, DemoNetwork.KeysPath(options.Data), output, timeProvider);
        try
        {
            await output.WriteLineAsync($"serving at {gateway}");
            if (await steps.IsPlayedAsync(cancellationToken))
            {
                await output.WriteLineAsync("the scenario was played in this data folder before; start with an empty one to see it again");
            }
            else
            {
                await steps.PlayAsync(cancellationToken);
            }

            if (options.Once)
            {
                await steps.VerifyAsync(cancellationToken);
            }

            return true;
        }
        catch (Exception exception) when (exception is DemoException or ConsortiumException or HttpRequestException)
        {
            await output.WriteLineAsync(exception.Message);
            return false;
        }
    }
}
