using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Ledger;
using Consortium.Silo.Membership;
using Consortium.Tests.Node;

namespace Consortium.Tests.Certificates;

/// <summary>Real handshakes between two ends that both check by the rule; Alpha's silo accepts, another connects.</summary>
public sealed class MemberTlsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Consortiums _all = new();
    private readonly MemberDirectory _directory;

    public MemberTlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _directory = new MemberDirectory(NodeFixture.MakeGenesis(key, shardCount: 1));
        _directory.Update(_all.Members);
    }

    public void Dispose() => _all.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Silos_of_two_members_let_each_other_in(SslProtocols protocol)
    {
        var (connected, fault) = await ConnectAsync(OfBeta().MakeWithKey(), protocol);
        Assert.Null(fault);
        Assert.True(connected);
    }

    [Fact]
    public async Task A_stranger_that_issues_to_itself_is_not_let_in()
    {
        var draft = new CertificateDraft(_all.Stranger, _all.StrangerKey, Consortiums.Now);
        await RefusesAsync(MemberCertificateFault.NotAMember, draft.MakeWithKey());
    }

    [Fact]
    public async Task A_stranger_with_a_certificate_for_something_else_is_not_let_in()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Consortiums.Now.AddDays(-1), Consortiums.Now.AddDays(1));
        await RefusesAsync(
            MemberCertificateFault.NotAMemberCertificate,
            X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null));
    }

    [Fact]
    public async Task A_self_signed_certificate_that_claims_a_member_is_not_let_in()
    {
        var draft = OfBeta();
        draft.Signer = (ECDsa)draft.Key;
        await RefusesAsync(MemberCertificateFault.WrongSigner, draft.MakeWithKey());
    }

    [Fact]
    public async Task A_certificate_that_another_member_signed_is_not_let_in()
    {
        var draft = OfBeta();
        draft.Signer = _all.AlphaKey;
        await RefusesAsync(MemberCertificateFault.WrongSigner, draft.MakeWithKey());
    }

    [Fact]
    public async Task An_expired_certificate_is_not_let_in()
    {
        var draft = OfBeta();
        draft.NotBefore = Consortiums.Now.AddDays(-60);
        draft.NotAfter = Consortiums.Now.AddDays(-30);
        await RefusesAsync(MemberCertificateFault.Expired, draft.MakeWithKey());
    }

    [Fact]
    public async Task A_certificate_for_another_network_is_not_let_in()
    {
        var draft = OfBeta();
        draft.Uris[1] = $"consortium:network:{Digest.Sha256("another"u8)}";
        await RefusesAsync(MemberCertificateFault.WrongNetwork, draft.MakeWithKey());
    }

    [Fact]
    public async Task A_silo_without_a_certificate_is_not_let_in() => await RefusesAsync(MemberCertificateFault.Missing, certificate: null);

    [Fact]
    public async Task A_silo_is_not_let_in_again_once_its_member_is_expelled()
    {
        using var certificate = OfBeta().MakeWithKey();
        Assert.True((await ConnectAsync(certificate)).Connected);
        _directory.Update([_all.Alpha]);
        await RefusesAsync(MemberCertificateFault.NotAMember, certificate);
    }

    [Fact]
    public async Task A_certificate_makes_nobody_fetch_anything_from_an_address_in_it()
    {
        using var bait = new TcpListener(IPAddress.Loopback, 0);
        bait.Start();
        var draft = OfBeta();
        draft.Signer = _all.StrangerKey;
        draft.More.Add(new X509AuthorityInformationAccessExtension([], [$"http://{bait.LocalEndpoint}/issuer"]));
        await RefusesAsync(MemberCertificateFault.WrongSigner, draft.MakeWithKey());
        Assert.False(bait.Pending());
    }

    [Fact]
    public async Task A_silo_does_not_connect_to_a_stranger()
    {
        var seen = new List<MemberCertificateFault?>();
        using var own = _all.Draft().MakeWithKey();
        using var stranger = new CertificateDraft(_all.Stranger, _all.StrangerKey, Consortiums.Now).MakeWithKey();
        var connected = await HandshakeAsync(
            Server(stranger, AcceptWhateverIsShown),
            Client(own, Rule(seen)));
        Assert.False(connected);
        Assert.Equal([MemberCertificateFault.NotAMember], seen);
    }

    private static bool AcceptWhateverIsShown(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null;

    private static SslServerAuthenticationOptions Server(X509Certificate2 own, RemoteCertificateValidationCallback validate)
    {
        var options = new SslServerAuthenticationOptions();
        MemberTls.SetUp(options, own, validate);
        return options;
    }

    private static SslClientAuthenticationOptions Client(X509Certificate2 own, RemoteCertificateValidationCallback validate)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = "silo" };
        MemberTls.SetUp(options, own, validate);
        return options;
    }

    /// <summary>Whether both ends heard a byte of the other's after their handshake.</summary>
    private static async Task<bool> HandshakeAsync(SslServerAuthenticationOptions server, SslClientAuthenticationOptions client)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connecting = new TcpClient();
        await connecting.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptTcpClientAsync();
        var ends = await Task.WhenAll(
            TalkAsync(accepted, stream => stream.AuthenticateAsServerAsync(server)),
            TalkAsync(connecting, stream => stream.AuthenticateAsClientAsync(client))).WaitAsync(Limit);
        return ends[0] && ends[1];
    }

    private static async Task<bool> TalkAsync(TcpClient tcp, Func<SslStream, Task> authenticate)
    {
        try
        {
            await using var stream = new SslStream(tcp.GetStream());
            await authenticate(stream);
            await stream.WriteAsync(new byte[] { 7 });
            var buffer = new byte[1];
            return await stream.ReadAsync(buffer) == 1 && buffer[0] == 7;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private CertificateDraft OfBeta() => new(_all.Beta, _all.BetaKey, Consortiums.Now);

    private RemoteCertificateValidationCallback Rule(List<MemberCertificateFault?> seen) => (_, certificate, _, _) =>
    {
        var check = MemberCertificateRule.Check(certificate, _directory.Members, Consortiums.Network, Consortiums.Now);
        seen.Add(check.Fault);
        return check.IsLetIn;
    };

    private async Task RefusesAsync(MemberCertificateFault expected, X509Certificate2? certificate)
    {
        var (connected, fault) = await ConnectAsync(certificate);
        Assert.Equal(expected, fault);
        Assert.False(connected);
    }

    private async Task<(bool Connected, MemberCertificateFault? Fault)> ConnectAsync(X509Certificate2? certificate, SslProtocols protocol = SslProtocols.None)
    {
        var seen = new List<MemberCertificateFault?>();
        using var own = _all.Draft().MakeWithKey();
        var server = Server(own, Rule(seen));
        if (protocol != SslProtocols.None)
        {
            server.EnabledSslProtocols = protocol;
        }

        // The other end admits everybody, so that a refusal comes from this end, unless it is a good silo.
        var client = certificate is null
            ? new SslClientAuthenticationOptions { TargetHost = "silo", RemoteCertificateValidationCallback = AcceptWhateverIsShown }
            : Client(certificate, AcceptWhateverIsShown);
        var connected = await HandshakeAsync(server, client);
        return (connected, Assert.Single(seen));
    }
}
