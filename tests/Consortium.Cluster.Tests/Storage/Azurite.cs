using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>Azurite's blob service on a free port of this machine, with its files in a folder that is deleted with it.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-azurite-").FullName;
    private Process? _process;

    /// <summary>The port of the blob service.</summary>
    public int Port { get; private set; }

    /// <summary>A connection string through a port, which may be a proxy's.</summary>
    /// <param name="port">The port on this machine.</param>
    /// <returns>The connection string of the account that every Azurite has.</returns>
    public static string ConnectionString(int port) =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + FormattableString.Invariant($"BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;");

    public async Task InitializeAsync()
    {
        Port = FreePort();
        _process = Start();
        var line = await _process.StandardOutput.ReadLineAsync();
        while (line?.Contains("successfully listen", StringComparison.Ordinal) == false)
        {
            line = await _process.StandardOutput.ReadLineAsync();
        }

        if (line is null)
        {
            throw new InvalidOperationException($"Azurite ended at once: {await _process.StandardError.ReadToEndAsync()}");
        }

        // Nobody reads what it says from here on, and its pipe must not fill up.
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port of this machine that nobody uses at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("CONSORTIUM_AZURITE") is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? named
                : throw new InvalidOperationException($"CONSORTIUM_AZURITE names '{named}', which is not there. Let it name the file 'azurite' of an installation.");
        }

        var folders = new List<string>();
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            folders.Add(Path.Combine(folder.FullName, "node_modules", ".bin"));
        }

        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator));
        return folders.Select(folder => Path.Combine(folder, "azurite")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "These tests need Azurite, the emulator of Azure Storage. Install it with 'npm install azurite' at the root of the repository, or let CONSORTIUM_AZURITE name its file 'azurite'.");
    }

    private Process Start() => Process.Start(new ProcessStartInfo(
        Find(),
        ["--blobHost", "127.0.0.1", "--blobPort", FormattableString.Invariant($"{Port}"), "--queuePort", "0", "--tablePort", "0", "--location", _folder, "--skipApiVersionCheck", "--disableTelemetry"])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
