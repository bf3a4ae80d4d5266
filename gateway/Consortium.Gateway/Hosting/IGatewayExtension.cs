namespace Consortium.Gateway.Hosting;

/// <summary>What another assembly adds to a gateway: services, endpoints, and addresses of its own.</summary>
public interface IGatewayExtension
{
    /// <summary>Lists where to listen besides the gateway's own URLs.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The addresses; none when the extension is not switched on.</returns>
    IReadOnlyList<GatewayListener> Listeners(GatewayOptions options);

    /// <summary>Adds services.</summary>
    /// <param name="builder">The gateway's own services are in it already.</param>
    /// <param name="options">The options.</param>
    void Add(WebApplicationBuilder builder, GatewayOptions options);

    /// <summary>Adds endpoints, and what stands before them.</summary>
    /// <param name="app">The gateway's own endpoints are in it already.</param>
    void Map(WebApplication app);
}
