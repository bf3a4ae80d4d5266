using System.Diagnostics;
using Npgsql;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>A PostgreSQL server on a free port of this machine, over a folder that is deleted with it.</summary>
public sealed class Postgres : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-postgres-").FullName;
    private readonly int _port = Azurite.FreePort();
    private int _databases;

    /// <summary>Connection string of a database that the server has from the beginning.</summary>
    public string Connection => ConnectionTo("postgres");

    public async Task InitializeAsync()
    {
        // The server refuses to run as root, which is who runs tests in a container.
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["postgres", _folder]);
        }

        await ServerAsync("initdb", "--pgdata", DataPath, "--username", "silo", "--auth", "trust", "--no-sync");
        await ServerAsync("pg_ctl", "--pgdata", DataPath, "--wait", "--log", Path.Combine(_folder, "log"), "--options", FormattableString.Invariant($"-p {_port} -h 127.0.0.1 -k {_folder} -F"), "start");
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = FormattableString.Invariant($"test{Interlocked.Increment(ref _databases)}");
        await using var source = NpgsqlDataSource.Create(Connection);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ServerAsync("pg_ctl", "--pgdata", DataPath, "--wait", "--mode", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string DataPath => Path.Combine(_folder, "data");

    private string ConnectionTo(string database) => FormattableString.Invariant($"Host=127.0.0.1;Port={_port};Username=silo;Database={database}");

    private static Task ServerAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Find(program), .. arguments])
        : RunAsync(Find(program), arguments);

    // Debian keeps the server's programs beside each version, not on the path.
    private static string Find(string program) =>
        Directory.Exists("/usr/lib/postgresql")
            && Directory.GetFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() is { } found
            ? found
            : program;

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = "/" })
            ?? throw new InvalidOperationException($"{program} could not be run. These tests need PostgreSQL's server: on Debian 'apt-get install postgresql'.");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error}");
        }
    }
}
