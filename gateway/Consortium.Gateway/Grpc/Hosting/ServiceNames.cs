using Consortium.Api.Rpc;

namespace Consortium.Gateway.Grpc.Hosting;

/// <summary>Full names of the gateway's gRPC services.</summary>
internal static class ServiceNames
{
    /// <summary>What they all begin with.</summary>
    public const string Package = "consortium.api.v1";

    public static IReadOnlyList<string> All { get; } = [.. ServicesReflection.Descriptor.Services.Select(service => service.FullName)];
}
