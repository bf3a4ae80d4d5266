using System.Diagnostics;
using System.Globalization;
using Consortium.Client;
using Consortium.Client.Keys;
using Consortium.Client.Load;
using Consortium.Gateway.Demo;

namespace Consortium.Bench;

/// <summary>One real silo with its gateway in a process of its own, with default settings, over a new data folder.</summary>
internal sealed class SiloUnderLoad : ILoadTarget, IDisposable
{
    private readonly int _siloPort = FreePort.Find();
    private readonly int _clientPort = FreePort.Find();
    private Process _process;

    private SiloUnderLoad(Uri url, string dataPath, LoadCustodian custodian)
    {
        Url = url;
        DataPath = dataPath;
        Custodian = custodian;
        _process = Launch();
    }

    public Uri Url { get; }

    public string DataPath { get; }

    /// <inheritdoc/>
    public LoadCustodian Custodian { get; }

    /// <inheritdoc/>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Makes the demonstration's network in a new folder and starts a gateway over it.</summary>
    public static async Task<SiloUnderLoad> StartAsync(string dataPath)
    {
        var genesis = DemoNetwork.Create(dataPath, TimeProvider.System);
        var keysPath = DemoNetwork.KeysPath(dataPath);
        var password = await File.ReadAllTextAsync(Path.Combine(keysPath, KeyPassword.FileName));
        var key = KeyFile.Load(Path.Combine(keysPath, DemoNetwork.Members[0].Name + ".pem"), password.Trim());
        var url = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var gateway = new SiloUnderLoad(url, dataPath, new LoadCustodian(genesis.Members[0].Id, [key]));
        await gateway.WaitUntilReadyAsync();
        return gateway;
    }

    /// <summary>Runs a silo until it ends by itself, on ports that nothing else uses.</summary>
    /// <param name="arguments">Its settings.</param>
    /// <returns>The exit code, and all that it wrote.</returns>
    public static async Task<(int ExitCode, string Text)> RunAsync(IReadOnlyList<string> arguments)
    {
        var start = NewStart(arguments, new Uri("http://127.0.0.1:0"), FreePort.Find(), FreePort.Find());
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The silo did not start.");
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }

    /// <summary>Starts again over the same folder and address.</summary>
    public async Task RestartAsync()
    {
        Kill();
        _process.Dispose();
        _process = Launch();
        await WaitUntilReadyAsync();
    }

    public ConsortiumClient Connect(int connections) => new(
        new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = Url },
        TimeProvider.System);

    /// <summary>Ends the process at once, as <c>kill -9</c> does; its data folder stays.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private Process Launch()
    {
        var start = NewStart(["--data", DataPath], Url, _siloPort, _clientPort);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The silo did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static ProcessStartInfo NewStart(IReadOnlyList<string> arguments, Uri url, int siloPort, int clientPort) => new(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Consortium.Silo.dll"),
            "--urls", url.ToString(),
            "--grpc-urls", "off",
            "--silo-port", siloPort.ToString(CultureInfo.InvariantCulture),
            "--client-port", clientPort.ToString(CultureInfo.InvariantCulture),
            .. arguments,
        ])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Url };
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var response = await http.GetAsync("health/ready");
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The gateway did not become ready within 30 s.");
    }
}
