namespace Consortium.Gateway.Hosting;

/// <summary>What <c>--demo</c> plays.</summary>
public interface IScenario
{
    /// <summary>Makes genesis (<c>genesis.bin</c>) and keys (<c>keys/*.pem</c>) in a folder that has no ledger.</summary>
    /// <param name="options">The gateway's options.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A task that completes when the folder is ready.</returns>
    Task PrepareAsync(GatewayOptions options, CancellationToken cancellationToken);

    /// <summary>Plays through the public API.</summary>
    /// <param name="gateway">The gateway's address.</param>
    /// <param name="options">The gateway's options.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether everything went as it should.</returns>
    Task<bool> PlayAsync(Uri gateway, GatewayOptions options, CancellationToken cancellationToken);
}
