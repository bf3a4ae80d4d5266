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
public sealed class GrpcExtension : IGatewayExtension
{
    private static readonly TimeSpan HealthPeriod = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IReadOnlyList<GatewayListener> Listeners(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. options.GrpcUrlList.Select(url => IsHttps(url)
                ? new GatewayListener(url, HttpProtocols.Http2, options.GrpcCertificate, options.GrpcCertificateKey)
                : new GatewayListener(url, HttpProtocols.Http2, Certificate: null, CertificateKey: null)),
        ];
    }

    /// <inheritdoc/>
    public void Add(WebApplicationBuilder builder, GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        builder.Logging.AddFilter("Grpc", LogLevel.Critical);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.Http2.MaxStreamsPerConnection = options.GrpcStreamsMax);
        builder.Services.AddSingleton<RefusalInterceptor>();
        builder.Services.AddSingleton<SubmissionStream>();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.RequestBytesMax;
            grpc.MaxSendMessageSize = null;
            grpc.Interceptors.Add<RefusalInterceptor>();
        });

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

    /// <inheritdoc/>
    public void Map(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<FrameworkErrors>();
        app.MapGrpcService<SubmissionsService>();
        app.MapGrpcService<QueriesService>();
        app.MapGrpcService<ProofsService>();
        app.MapGrpcService<ChainService>();
        app.MapGrpcHealthChecksService();
    }

    private static bool IsHttps(string url) => url.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
}
