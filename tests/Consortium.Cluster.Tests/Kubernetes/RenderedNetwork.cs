using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Consortium.Api.Certificates;
using Consortium.Client.Keys;
using Consortium.Cluster.Tests.Harness;
using Consortium.Gateway.Demo;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Blocks;
using Consortium.Tests.Kubernetes;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Kubernetes;

/// <summary>The silos of a rendered overlay and one of its gateways, as processes of this machine.</summary>
internal sealed class RenderedNetwork : IAsyncDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-rendered-").FullName;
    private readonly ITestOutputHelper _output;

    /// <summary>Makes the secrets and files that an operator makes, and the processes.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="storageConnection">The storage account, or <see langword="null"/> for a folder instead of one.</param>
    /// <param name="output">Where logs go when the test is over.</param>
    public RenderedNetwork(string overlay, string? storageConnection, ITestOutputHelper output)
    {
        _output = output;
        var set = ManifestSet.Render(overlay);
        var network = Path.Combine(_folder, "network");
        var byHand = ByHand(network, DemoNetwork.Create(network, TimeProvider.System));
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            // Nobody collects here.
            ["CONSORTIUM_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
            ["CONSORTIUM_STORAGE_CONNECTION"] = storageConnection,
            ["CONSORTIUM_STORAGE_FOLDER"] = storageConnection is null ? Path.Combine(_folder, "storage") : null,
        };
        var workloads = set.Workloads.Where(workload => workload.IsConsortium).ToList();
        var processes = workloads
            .Select(workload => (workload.Kind, Process: RenderedPod.Create(set, workload, _folder, Address.ToString(), byHand, variables)))
            .ToList();
        Silos = [.. processes.Where(one => one.Kind == "StatefulSet").Select(one => one.Process)];
        Gateway = processes.Single(one => one.Kind == "Deployment").Process;
    }

    /// <summary>The address of this machine that pods are said to have: one that is not loopback, as a pod's never is.</summary>
    public static IPAddress Address { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => one.OperationalStatus == OperationalStatus.Up)
        .SelectMany(one => one.GetIPProperties().UnicastAddresses)
        .Select(one => one.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
        ?? throw new InvalidOperationException("This machine has no IPv4 address but loopback, and a pod's address is never that. Give it a network, if only a dummy interface.");

    public IReadOnlyList<SiloUnderTest> Silos { get; }

    public SiloUnderTest Gateway { get; }

    public IEnumerable<SiloUnderTest> All => Silos.Append(Gateway);

    /// <summary>The environment of the command line: a token of the gateway's file.</summary>
    public static string? Environment(string name) => name == "CONSORTIUM_TOKEN" ? Token : null;

    public void Start()
    {
        foreach (var process in All)
        {
            process.Start();
        }
    }

    public Task WaitUntilReadyAsync() => Task.WhenAll(All.Select(process => process.WaitUntilReadyAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in All)
        {
            await process.DisposeAsync();
            _output.WriteLine(process.Log);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The secrets and ConfigMaps that <c>secrets.sh</c> of the local overlay makes, for the demonstration's network.</summary>
    private static Dictionary<(string Kind, string Name, string Key), byte[]> ByHand(string network, Genesis genesis)
    {
        var keys = DemoNetwork.KeysPath(network);
        var password = File.ReadAllText(Path.Combine(keys, KeyPassword.FileName));
        var made = new Dictionary<(string Kind, string Name, string Key), byte[]>
        {
            [("ConfigMap", "genesis", "genesis.bin")] = File.ReadAllBytes(DemoNetwork.GenesisPath(network)),
            [("Secret", "tokens", "tokens")] = Encoding.UTF8.GetBytes($"operator {Token}\n"),
        };
        foreach (var member in genesis.Members)
        {
            var keyPath = Path.Combine(keys, member.Name + ProducerKeys.FileSuffix);
            using var key = KeyFile.Load(keyPath, password);
            var issued = MemberCertificateIssuer.Issue(key, member, genesis.Network, member.Name, days: 30, TimeProvider.System.GetUtcNow());
            made[("Secret", $"{member.Name}-keys", "producer.pem")] = File.ReadAllBytes(keyPath);
            made[("Secret", $"{member.Name}-keys", "password")] = Encoding.UTF8.GetBytes(password);
            AddCertificate(made, $"{member.Name}-certificate", issued);
            if (member == genesis.Members[0])
            {
                AddCertificate(made, "gateway-certificate", issued);
            }
        }

        return made;
    }

    private static void AddCertificate(Dictionary<(string Kind, string Name, string Key), byte[]> made, string name, IssuedCertificate issued)
    {
        made[("Secret", name, "tls.crt")] = Encoding.UTF8.GetBytes(issued.CertificatePem);
        made[("Secret", name, "tls.key")] = Encoding.UTF8.GetBytes(issued.KeyPem);
    }
}
