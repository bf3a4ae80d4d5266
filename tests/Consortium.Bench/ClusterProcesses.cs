using System.Diagnostics;
using System.Globalization;
using Consortium.Client;
using Consortium.Client.Keys;
using Consortium.Client.Load;
using Consortium.Gateway.Demo;
using Consortium.Ledger.Blocks;

namespace Consortium.Bench;

/// <summary>Three silos on this machine, started and stopped by <c>silos/cluster</c>; requests go to their gateways in turn.</summary>
internal sealed class ClusterProcesses : ILoadTarget, IDisposable
{
    private const int Silos = 3;
    private const int Port = 5_480;
    private readonly string _folder;

    private ClusterProcesses(string folder)
    {
        _folder = folder;
        var fault = Genesis.TryRead(File.ReadAllBytes(DemoNetwork.GenesisPath(NetworkPath)), out var genesis);
        var keysPath = DemoNetwork.KeysPath(NetworkPath);
        var password = File.ReadAllText(Path.Combine(keysPath, KeyPassword.FileName)).Trim();
        var member = genesis?.Members[0] ?? throw new InvalidOperationException(fault);
        Custodian = new LoadCustodian(member.Id, [KeyFile.Load(Path.Combine(keysPath, member.Name + ".pem"), password)]);
    }

    public LoadCustodian Custodian { get; }

    public double CpuSeconds => Enumerable.Range(1, Silos).Sum(number =>
    {
        var pid = int.Parse(File.ReadAllText(Path.Combine(_folder, $"silo-{number}.pid")), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime.TotalSeconds;
    });

    private string NetworkPath => Path.Combine(_folder, "network");

    /// <summary>Builds and starts.</summary>
    /// <exception cref="InvalidOperationException">The silos cannot be built here, or do not start; the message has what was said.</exception>
    public static ClusterProcesses Start(string folder)
    {
        Run("start", "--silos", Silos.ToString(CultureInfo.InvariantCulture), "--port", Port.ToString(CultureInfo.InvariantCulture), "--dir", folder);
        return new ClusterProcesses(folder);
    }

    public ConsortiumClient Connect(int connections) => new(
        new HttpClient(new InTurn(Silos, Port) { InnerHandler = new SocketsHttpHandler { MaxConnectionsPerServer = connections } })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}")),
        },
        TimeProvider.System);

    public void Dispose() => Run("stop", "--dir", _folder);

    private static void Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository(), "silos", "cluster"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("silos/cluster could not be run.");
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"silos/cluster {arguments[0]} failed: {said}");
        }
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Consortium.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The bench has to be run from within the repository.");
    }
}
