using Consortium.Gateway.Grpc.Chain;
using Consortium.Gateway.Grpc.Errors;
using Consortium.Gateway.Grpc.Health;
using Consortium.Gateway.Grpc.Proofs;
using Consortium.Gateway.Grpc.Queries;
using Consortium.Gateway.Grpc.Submissions;
using Consortium.Gateway.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consortium.Gateway.Grpc.Hosting;

/// <summary>Adds the gRPC services to a gateway, on addresses of their own (<c>--grpc-urls</c>) where only HTTP/2 is spoken.</summary>
internal static class GrpcSetup
{
    private static readonly TimeSpan HealthPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Lists where gRPC is served.</summary>
    public static IReadOnlyList<GatewayListener> Listeners(GatewayOptions options) =>
    [
        .. options.GrpcUrlList.Select(url => IsHttps(url)
            ? new GatewayListener(url, HttpProtocols.Http2, options.GrpcCertificate, options.GrpcCertificateKey)
            : new GatewayListener(url, HttpProtocols.Http2, Certificate: null, CertificateKey: null)),
    ];

    /// <summary>Adds the services.</summary>
    public static void AddGatewayGrpc(this WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.Logging.AddFilter("Grpc", LogLevel.Critical);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.Http2.MaxStreamsPerConnection = options.GrpcStreamsMax);
        builder.Services.AddSingleton<RefusalInterceptor>();
        builder.Services.AddSingleton<SubmissionStream>();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.RequestBytesMax;
            grpc.MaxSendMessageSize = null;
            grpc.CompressionProviders = [new RefusedCompression()];

            // A path that no service has is the HTTP API's to answer; over gRPC its 404 says that the call is not implemented.
            grpc.IgnoreUnknownServices = true;
            grpc.Interceptors.Add<RefusalInterceptor>();
        });

        // Reflection lets tools such as grpcurl list the services and describe their messages.
        builder.Services.AddGrpcReflection();

        // Every service is served or none; each can be asked for by its name, and all by the empty one.
        builder.Services
            .AddGrpcHealthChecks(checks =>
            {
                foreach (var name in ServiceNames.All)
                {
                    checks.Services.Map(name, _ => true);
                }
            })
            .AddCheck<NodeHealthCheck>("node");
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Delay = TimeSpan.Zero;
            publisher.Period = HealthPeriod;
        });
    }

    /// <summary>Maps the gRPC services, with the middleware in front of them.</summary>
    public static void MapGatewayGrpc(this WebApplication app)
    {
        app.UseMiddleware<FrameworkErrors>();
        var services = app.MapGroup(string.Empty).ExcludeFromDescription();
        services.MapGrpcService<SubmissionsService>();
        services.MapGrpcService<QueriesService>();
        services.MapGrpcService<ProofsService>();
        services.MapGrpcService<ChainService>();
        services.MapGrpcHealthChecksService();
        services.MapGrpcReflectionService();
    }

    private static bool IsHttps(string url) => url.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
}
