using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>Azurite's blobs and tables on free ports of this machine, with its files in a folder that is deleted with it.</summary>
public sealed class Azurite : IAsyncLifetime
{
    // Blobs, queues and tables; each says that it listens.
    private const int Services = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-azurite-").FullName;
    private readonly int _tablePort = FreePort();
    private Process? _process;

    /// <summary>The port of the blob service.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The connection string of silos: blobs and tables.</summary>
    public string Connection =>
        FormattableString.Invariant($"{ConnectionString(Port)}TableEndpoint=http://127.0.0.1:{_tablePort}/devstoreaccount1;");

    /// <summary>A connection string through a port, which may be a proxy's.</summary>
    /// <param name="port">The port on this machine.</param>
    /// <returns>The connection string of the account that every Azurite has.</returns>
    public static string ConnectionString(int port) =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + FormattableString.Invariant($"BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;");

    public async Task InitializeAsync()
    {
        _process = Start();
        for (var listening = 0; listening < Services;)
        {
            var line = await _process.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"Azurite ended at once: {await _process.StandardError.ReadToEndAsync()}");
            listening += line.Contains("successfully listen", StringComparison.Ordinal) ? 1 : 0;
        }

        // Nothing reads the output from here on, and its pipe must not fill up.
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Stops the emulator without losing data; <see cref="InitializeAsync"/> starts it again.</summary>
    /// <remarks>The emulator writes its directory every few seconds only, and when it is asked to stop: a kill loses what it had said was written.</remarks>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", FormattableString.Invariant($"{_process!.Id}")]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
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
        ["--blobHost", "127.0.0.1", "--blobPort", FormattableString.Invariant($"{Port}"), "--queuePort", "0", "--tablePort", FormattableString.Invariant($"{_tablePort}"), "--location", _folder, "--skipApiVersionCheck", "--disableTelemetry"])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
