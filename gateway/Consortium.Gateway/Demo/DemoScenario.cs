using Consortium.Api;
using Consortium.Client;
using Consortium.Gateway.Hosting;

namespace Consortium.Gateway.Demo;

/// <summary>Plays the scenario of <c>--demo</c> and, with <c>--once</c>, verifies the whole chain.</summary>
/// <param name="output">Receives one line for each step.</param>
/// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
public sealed class DemoScenario(TextWriter output, TimeProvider timeProvider)
{
    /// <summary>Plays the scenario through a gateway's HTTP API.</summary>
    /// <param name="gateway">The gateway's address.</param>
    /// <param name="options">Where the members' keys are, and whether to verify at the end.</param>
    /// <param name="cancellationToken">Stops playing.</param>
    /// <returns>Whether every step had the result that it must have; the output says which one had not.</returns>
    public async Task<bool> PlayAsync(Uri gateway, GatewayOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = gateway }, timeProvider);
        var steps = new DemoSteps(client, options.Keys ?? DemoNetwork.KeysPath(options.Data), output, timeProvider);
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
