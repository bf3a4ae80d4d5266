using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Ledger;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Consortium.Silo.Membership;

/// <summary>Admits silos and gateways of present members over mutual TLS, and nobody else.</summary>
/// <param name="own">This process's member certificate with its key, as it is when a connection is made.</param>
/// <param name="network">The network's id.</param>
/// <param name="directory">The present members.</param>
/// <param name="connections">Ends connections of those who are members no more.</param>
/// <param name="timeProvider">The clock that certificates expire by.</param>
/// <param name="logger">Is told who was not let in, and why.</param>
internal sealed partial class MemberGate(
    OwnCertificate own,
    Digest network,
    MemberDirectory directory,
    MemberConnections connections,
    TimeProvider timeProvider,
    ILogger<MemberGate> logger)
{
    // Certificates name members, not hosts; the protocol wants a name all the same.
    private const string HostName = "consortium";

    /// <summary>Puts mutual TLS on all connections of a silo, and watches over them.</summary>
    public void Guard(SiloConnectionOptions options)
    {
        options.ConfigureSiloInboundConnection(Accept);
        options.ConfigureGatewayInboundConnection(Accept);
        options.ConfigureSiloOutboundConnection(Connect);
    }

    /// <summary>Puts mutual TLS on the connections of a gateway that is no silo, and watches over them.</summary>
    public void Guard(ClientConnectionOptions options) => options.ConfigureConnection(Connect);

    private void Accept(IConnectionBuilder connection)
    {
        connection.UseServerTls(NewTls());
        Watch(connection);
    }

    private void Connect(IConnectionBuilder connection)
    {
        connection.UseClientTls(NewTls());
        Watch(connection);
    }

    private TlsOptions NewTls() => new()
    {
        // Orleans requires one certificate at the start and a selector for later; the certificate of each connection is set below.
        LocalCertificate = own.Current,
        LocalServerCertificateSelector = (_, _) => own.Current,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = (certificate, chain, errors) => Validate(this, certificate, chain, errors),
        OnAuthenticateAsServer = (_, options) =>
        {
            // The stream was made with its callback already, and takes the certificate from one place only.
            var tls = (SslServerAuthenticationOptions)options.SslServerAuthenticationOptions;
            MemberTls.SetUp(tls, own.Current, Validate);
            (tls.RemoteCertificateValidationCallback, tls.ServerCertificate, tls.ServerCertificateSelectionCallback) = (null, null, null);
        },
        OnAuthenticateAsClient = (_, options) =>
        {
            var tls = (SslClientAuthenticationOptions)options.SslClientAuthenticationOptions;
            MemberTls.SetUp(tls, own.Current, Validate);
            (tls.RemoteCertificateValidationCallback, tls.ClientCertificates, tls.LocalCertificateSelectionCallback) = (null, null, null);
            tls.TargetHost = HostName;
        },
    };

    private void Watch(IConnectionBuilder connection) => connection.Use(next => async context =>
    {
        // The handshake made the same check, but its result does not come along with the connection.
        var check = Check(context.Features.Get<ITlsConnectionFeature>()?.RemoteCertificate);
        if (!check.IsLetIn)
        {
            context.Abort();
            return;
        }

        using var open = connections.Register(check.Member, check.Certificate.Silo, check.Certificate.NotAfter, context.Abort);
        await next(context);
    });

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var check = Check(certificate);
        if (!check.IsLetIn)
        {
            LogNotLetIn(check.Message, check.Action);
        }

        return check.IsLetIn;
    }

    private MemberCertificateCheck Check(X509Certificate? certificate) =>
        MemberCertificateRule.Check(certificate, directory.Members, network, timeProvider.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Warning, Message = "A silo or gateway was not let in, or would not be connected to: {Message} {Action}")]
    private partial void LogNotLetIn(string message, string action);
}
