using System.Net;
using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Consortium.Api;
using Consortium.Cluster.Tests.Harness;
using Consortium.Cluster.Tests.Storage;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Demo;
using Consortium.Silo.Hosting;
using Consortium.Tests.Storage;
using Npgsql;

namespace Consortium.Cluster.Tests.Running;

/// <summary>A silo that is started before its storage waits for it; one whose settings are wrong does not.</summary>
[Collection(OneClusterAtATime.Name)]
public sealed class StorageWaitTests : IAsyncLifetime, IDisposable
{
    private const string Database = "Host=127.0.0.1;Port=1;Username=silo;Password=a secret;Database=consortium";
    private readonly TemporaryFolder _folder = new();
    private readonly Azurite _azurite = new();

    /// <summary>Errors of storage, and whether waiting may mend them.</summary>
    public static TheoryData<string, Exception, bool> Faults { get; } = new()
    {
        { "nobody listens", new StorageException("x", new RequestFailedException("Connection refused")), true },
        { "no answer in time", new StorageException("x", new TaskCanceledException()), true },
        { "too many requests", new RequestFailedException(429, "x"), true },
        { "the service is restarted", new RequestFailedException(503, "x"), true },
        { "several tries failed", new AggregateException(new RequestFailedException("Connection refused")), true },
        { "a database where nobody listens", new NpgsqlException("x", new SocketException((int)SocketError.ConnectionRefused)), true },
        { "a database that starts", new PostgresException("x", "FATAL", "FATAL", PostgresErrorCodes.CannotConnectNow), true },
        { "membership does not answer", new TimeoutException(), true },
        { "a wrong key", new StorageException("x", new RequestFailedException(403, "x")), false },
        { "no identity", new CredentialUnavailableException("x"), false },
        { "a wrong password", new PostgresException("x", "FATAL", "FATAL", PostgresErrorCodes.InvalidPassword), false },
        { "no ledger and no genesis", new StorageException("x"), false },
        { "a folder that cannot be written", new IOException("x"), false },
        { "a fault of the program", new NotSupportedException(), false },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _azurite.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public void Only_what_passes_by_itself_is_waited_for(string what, Exception fault, bool isPassing) =>
        Assert.True(StartFault.IsPassing(fault) == isPassing, what);

    [Fact]
    [Trait("Needs", "Azurite")]
    public async Task A_silo_before_its_storage_is_live_and_not_ready_and_serves_when_the_storage_is_there()
    {
        await using var silo = NewSilo("CONSORTIUM_STORAGE_CONNECTION", _azurite.Connection);
        silo.Start();
        await WaitUntilItSaysAsync(silo, "the storage account cannot be reached");
        using var http = new HttpClient { BaseAddress = silo.Url };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(Routes.Live, UriKind.Relative))).StatusCode);
        Assert.Contains("starting", await silo.StatusAsync(), StringComparison.Ordinal);
        await _azurite.InitializeAsync();
        await silo.WaitUntilReadyAsync();
        Assert.Equal(0, await silo.StopAsync());
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_waited_for_until_the_process_is_stopped()
    {
        await using var silo = NewSilo("CONSORTIUM_MEMBERSHIP_POSTGRES", Database, "--storage-folder", Path.Combine(_folder.Path, "storage"));
        silo.Start();
        await WaitUntilItSaysAsync(silo, "The database of --membership-postgres cannot be used");
        Assert.Equal(0, await silo.StopAsync());
        Assert.DoesNotContain("Unhandled", silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", silo.Log, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "Azurite")]
    public async Task A_key_that_opens_nothing_ends_the_process_with_1_and_what_to_do()
    {
        await _azurite.InitializeAsync();
        var another = Convert.ToBase64String(new byte[64]);
        var connection = string.Join(';', _azurite.Connection.Split(';').Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={another}" : part));
        await using var silo = NewSilo("CONSORTIUM_STORAGE_CONNECTION", connection);
        silo.Start();
        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Contains("does not let this process in", silo.Log, StringComparison.Ordinal);
        Assert.Contains("Check the connection string", silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(another, silo.Log, StringComparison.Ordinal);
    }

    private static Task WaitUntilItSaysAsync(SiloUnderTest silo, string reason) => silo.WaitUntilAsync(
        () => Task.FromResult(silo.LogLines.Any(line =>
            line.Contains("Waiting for the storage.", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal))),
        $"does not say that it waits because '{reason}'");

    private SiloUnderTest NewSilo(string variable, string value, params string[] more)
    {
        var url = new Uri($"http://127.0.0.1:{Azurite.FreePort()}");
        string[] arguments =
        [
            "--demo-network",
            "--member", DemoNetwork.Members[0].Name,
            "--genesis", DemoNetwork.GenesisPath(_folder.Path),
            "--keys", DemoNetwork.KeysPath(_folder.Path),
            "--data", Path.Combine(_folder.Path, "data"),
            "--urls", url.ToString(),
            "--silo-port", FormattableString.Invariant($"{Azurite.FreePort()}"),
            "--client-port", FormattableString.Invariant($"{Azurite.FreePort()}"),
            .. more,
        ];
        return new SiloUnderTest("silo", url, arguments, new Dictionary<string, string>(StringComparer.Ordinal) { [variable] = value });
    }
}
