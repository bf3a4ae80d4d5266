using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Client;
using Consortium.Client.Keys;
using Consortium.Gateway.Demo;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Blocks;
using Consortium.Silo.Hosting;
using Consortium.Silo.Membership;
using Consortium.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consortium.Cluster.Tests.Security;

/// <summary>Admission at the port of a real silo, and the log messages about processes that are not admitted.</summary>
public sealed class SiloGateTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogs _logs = new();
    private Genesis _genesis = null!;
    private SiloProcess _silo = null!;
    private int _port;
    private string _certificatePath = string.Empty;
    private string _keyPath = string.Empty;

    private IServiceProvider Services => _silo.App.Services;

    public async Task InitializeAsync()
    {
        _genesis = DemoNetwork.Create(Path.Combine(_folder.Path, "network"), TimeProvider.System);
        var issued = Issue(0, "silo-1", days: 1, DateTimeOffset.UtcNow);
        (_certificatePath, _keyPath) = MemberCertificateFile.Save(Path.Combine(_folder.Path, "certificates"), issued);
        _port = FreePort();
        _silo = await SiloProcess.CreateAsync(Options(_genesis.Members[0].Name, _certificatePath, _keyPath), TimeProvider.System, CancellationToken.None);
        Services.GetRequiredService<ILoggerFactory>().AddProvider(_logs);
        await _silo.App.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _silo.App.StopAsync();
        await _silo.DisposeAsync();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public async Task A_member_is_let_in()
    {
        using var connection = await ConnectAsync(Load(Issue(1, "silo-2", days: 1, DateTimeOffset.UtcNow)));
        await UntilAsync(() => Services.GetRequiredService<MemberConnections>().Count > 0);
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("not let in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stranger_is_not_let_in()
    {
        // A network of strangers with the same members' names: its certificates are in order, but for another network.
        var strangers = DemoNetwork.Create(Path.Combine(_folder.Path, "strangers"), TimeProvider.System);
        using var key = ProducerKey("strangers", strangers.Members[0].Name);
        await AssertRefusedAsync(
            Load(MemberCertificateIssuer.Issue(key, strangers.Members[0], strangers.Network, "stranger", 1, DateTimeOffset.UtcNow)),
            MemberCertificateFault.WrongNetwork);

        // A stranger who names this network and one of its members, but cannot sign for that member.
        var forged = strangers.Members[0] with { Id = _genesis.Members[1].Id };
        await AssertRefusedAsync(
            Load(MemberCertificateIssuer.Issue(key, forged, _genesis.Network, "stranger", 1, DateTimeOffset.UtcNow)),
            MemberCertificateFault.WrongSigner);
    }

    [Fact]
    public Task An_expired_certificate_is_not_let_in() =>
        AssertRefusedAsync(Load(Issue(1, "silo-2", days: 1, DateTimeOffset.UtcNow.AddDays(-3))), MemberCertificateFault.Expired);

    [Fact]
    public async Task A_connection_without_a_certificate_is_not_let_in()
    {
        using var connection = await ConnectAsync(certificate: null);
        Assert.Equal(0, await ReadToEndAsync(connection));
        Assert.Equal(0, Services.GetRequiredService<MemberConnections>().Count);
    }

    [Fact]
    public async Task A_member_that_is_expelled_is_cut_off_and_not_let_in_again()
    {
        // Governance state still has the member: what is tested is what follows when it has it no more.
        await Services.GetServices<IHostedService>().OfType<MemberRefresh>().Single().StopAsync(CancellationToken.None);
        var certificate = Load(Issue(1, "silo-2", days: 1, DateTimeOffset.UtcNow));
        using var connection = await ConnectAsync(certificate);
        await UntilAsync(() => Services.GetRequiredService<MemberConnections>().Count > 0);

        Services.GetRequiredService<MemberDirectory>().Update([.. _genesis.Members.Where(member => member != _genesis.Members[1])]);

        await ReadToEndAsync(connection);
        Assert.Contains(_logs.Lines, line => line.Contains("it is no member in the present governance state any more", StringComparison.Ordinal));
        await AssertRefusedAsync(certificate, MemberCertificateFault.NotAMember);
    }

    [Fact]
    public async Task The_doctor_is_told_how_long_a_certificate_is_good()
    {
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = new Uri(_silo.App.Urls.First()) }, TimeProvider.System);
        var report = await WhenServingAsync(() => client.GetDoctorAsync(CancellationToken.None));
        var silo = Assert.Single(report.Silos);
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(Assert.NotNull(silo.CertificateExpiresMs));
        Assert.InRange(expires, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
    }

    [Fact]
    public async Task A_certificate_that_takes_the_place_of_another_is_shown_to_new_connections()
    {
        var visitor = Load(Issue(1, "silo-2", days: 1, DateTimeOffset.UtcNow));
        using var before = await ConnectAsync(visitor);
        await UntilAsync(() => Services.GetRequiredService<MemberConnections>().Count > 0);

        var next = Issue(0, "silo-1", days: 7, DateTimeOffset.UtcNow);
        Replace(next);
        await UntilAsync(() => _logs.Lines.Any(line => line.Contains("new connections use it", StringComparison.Ordinal)));

        using var after = await ConnectAsync(visitor);
        Assert.Equal(Load(next).Thumbprint, ShownBy(after));
        Assert.NotEqual(ShownBy(before), ShownBy(after), StringComparer.Ordinal);
        await UntilAsync(() => Services.GetRequiredService<MemberConnections>().Count == 2);
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = new Uri(_silo.App.Urls.First()) }, TimeProvider.System);
        var report = await WhenServingAsync(() => client.GetDoctorAsync(CancellationToken.None));
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(Assert.NotNull(Assert.Single(report.Silos).CertificateExpiresMs));
        Assert.InRange(expires, DateTimeOffset.UtcNow.AddDays(6), DateTimeOffset.UtcNow.AddDays(7));
    }

    [Theory]
    [InlineData("nothing that can be read", "are not a certificate and its key")]
    [InlineData("another member's", "but --member says")]
    [InlineData("one that expired", "No silo would let this one in")]
    public async Task A_certificate_that_cannot_be_used_is_logged_and_the_one_before_stays(string what, string why)
    {
        var visitor = Load(Issue(1, "silo-2", days: 1, DateTimeOffset.UtcNow));
        using var before = await ConnectAsync(visitor);
        Replace(what switch
        {
            "another member's" => Issue(1, "silo-1", days: 1, DateTimeOffset.UtcNow),
            "one that expired" => Issue(0, "silo-1", days: 1, DateTimeOffset.UtcNow.AddDays(-3)),
            _ => Issue(0, "silo-1", days: 1, DateTimeOffset.UtcNow) with { CertificatePem = "nothing" },
        });
        await UntilAsync(() => _logs.Lines.Any(line => line.Contains(why, StringComparison.Ordinal)));

        using var after = await ConnectAsync(visitor);
        Assert.Equal(ShownBy(before), ShownBy(after));
    }

    [Fact]
    public async Task A_silo_whose_own_certificate_nobody_would_take_does_not_start()
    {
        var (certificate, key) = MemberCertificateFile.Save(
            Path.Combine(_folder.Path, "expired"),
            Issue(1, "silo-2", days: 1, DateTimeOffset.UtcNow.AddDays(-3)));
        var expired = await Assert.ThrowsAsync<MemberCertificateException>(() =>
            SiloProcess.CreateAsync(Options(_genesis.Members[1].Name, certificate, key), TimeProvider.System, CancellationToken.None));
        Assert.StartsWith("No silo would let this one in.", expired.Message, StringComparison.Ordinal);

        (certificate, key) = MemberCertificateFile.Save(Path.Combine(_folder.Path, "other"), Issue(1, "silo-2", days: 1, DateTimeOffset.UtcNow));
        var other = await Assert.ThrowsAsync<MemberCertificateException>(() =>
            SiloProcess.CreateAsync(Options(_genesis.Members[2].Name, certificate, key), TimeProvider.System, CancellationToken.None));
        Assert.Contains(_genesis.Members[2].Name, other.Message, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(X509Certificate2 certificate, MemberCertificateFault fault)
    {
        var expected = MemberCertificateRule.Check(
            certificate,
            Services.GetRequiredService<MemberDirectory>().Members,
            _genesis.Network,
            DateTimeOffset.UtcNow);
        Assert.Equal(fault, expected.Fault);
        using var connection = await ConnectAsync(certificate);
        Assert.Equal(0, await ReadToEndAsync(connection));
        await UntilAsync(() => _logs.Lines.Any(line => line.Contains(expected.Message, StringComparison.Ordinal)));
    }

    private async Task<SslStream> ConnectAsync(X509Certificate2? certificate)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        var options = new SslClientAuthenticationOptions { TargetHost = "consortium" };
        if (certificate is not null)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        }

        await stream.AuthenticateAsClientAsync(options);
        return stream;
    }

    // A connection that is refused ends without a byte; TLS 1.3 tells the client only then. One that was let in has the silo's greeting.
    private static async Task<int> ReadToEndAsync(SslStream connection)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (total, buffer) = (0, new byte[1024]);
        try
        {
            while (await connection.ReadAsync(buffer, patience.Token) is > 0 and var read)
            {
                total += read;
            }
        }
        catch (IOException)
        {
            // Reset is an end too.
        }

        return total;
    }

    private static string? ShownBy(SslStream connection) => ((X509Certificate2?)connection.RemoteCertificate)?.Thumbprint;

    private void Replace(IssuedCertificate next)
    {
        File.WriteAllText(_keyPath, next.KeyPem);
        File.WriteAllText(_certificatePath, next.CertificatePem);
    }

    private static async Task<T> WhenServingAsync<T>(Func<Task<T>> ask)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (RefusedException refused) when (refused.Retryable)
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static X509Certificate2 Load(IssuedCertificate issued) => X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private IssuedCertificate Issue(int member, string silo, int days, DateTimeOffset now)
    {
        using var key = ProducerKey("network", _genesis.Members[member].Name);
        return MemberCertificateIssuer.Issue(key, _genesis.Members[member], _genesis.Network, silo, days, now);
    }

    private SigningKey ProducerKey(string network, string member)
    {
        var keys = DemoNetwork.KeysPath(Path.Combine(_folder.Path, network));
        return KeyFile.Load(
            Path.Combine(keys, member + ProducerKeys.FileSuffix),
            File.ReadAllText(Path.Combine(keys, KeyPassword.FileName)).Trim());
    }

    private SiloOptions Options(string member, string certificate, string key) => new()
    {
        Member = member,
        StorageFolder = Path.Combine(_folder.Path, "storage"),
        SiloPort = _port,
        ClientPort = FreePort(),
        Certificate = certificate,
        CertificateKey = key,
        Gateway = new GatewayOptions
        {
            Data = Path.Combine(_folder.Path, $"data of {Path.GetFileName(certificate)}"),
            Urls = "http://127.0.0.1:0",
            Genesis = DemoNetwork.GenesisPath(Path.Combine(_folder.Path, "network")),
            Keys = DemoNetwork.KeysPath(Path.Combine(_folder.Path, "network")),
        },
    };
}
