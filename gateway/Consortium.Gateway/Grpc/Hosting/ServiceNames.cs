using Consortium.Api.Rpc;

namespace Consortium.Gateway.Grpc.Hosting;

/// <summary>Full names of the gateway's gRPC services.</summary>
internal static class ServiceNames
{
    /// <summary>The start of the name of the standard health service, which is not defined by the gateway.</summary>
    public const string Health = "grpc.health.v1.";

    public static IReadOnlyList<string> All { get; } = [.. ServicesReflection.Descriptor.Services.Select(service => service.FullName)];
}
