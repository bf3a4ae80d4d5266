using Consortium.Cluster.Tests.Harness;
using Consortium.Silo.Hosting;
using Npgsql;

namespace Consortium.Cluster.Tests.Running;

[Collection(OneClusterAtATime.Name)]
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Give --member", "--storage-folder", "x", "--address", "10.0.0.1", "--certificate", "c.pem", "--certificate-key", "k.pem")]
    [InlineData("Give one of --storage-folder", "--member", "m", "--storage-folder", "x", "--storage-connection", "UseDevelopmentStorage=true")]
    [InlineData("Give --storage-folder", "--host", "gateway")]
    [InlineData("--silo-port must be from 1 to 65535", "--member", "m", "--storage-folder", "x", "--silo-port", "70000")]
    [InlineData("Give --certificate and --certificate-key together", "--member", "m", "--storage-folder", "x", "--certificate", "c.pem")]
    [InlineData("'consortium certificate issue' makes them", "--member", "m", "--storage-folder", "x", "--address", "10.0.0.1")]
    [InlineData("--host must be silo, or gateway", "--member", "m", "--storage-folder", "x", "--host", "castle")]
    [InlineData("no connection string of PostgreSQL", "--member", "m", "--storage-folder", "x", "--membership-postgres", "a secret")]
    [InlineData("no connection string of a storage account", "--member", "m", "--storage-connection", "a secret")]
    [InlineData("no connection string of a storage account", "--member", "m", "--storage-connection", "AccountName=a secret")]
    public async Task Wrong_settings_end_the_process_with_2_and_what_to_do(string says, params string[] arguments)
    {
        await using var silo = new SiloUnderTest("silo", new Uri("http://127.0.0.1:1"), arguments);
        silo.Start();
        Assert.Equal(2, await silo.WaitForExitAsync());
        Assert.Contains(says, silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", silo.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_in_which_no_tables_can_be_made_is_told_from_one_that_is_not_there()
    {
        var forbidden = new PostgresException("permission denied for schema public", "ERROR", "ERROR", PostgresErrorCodes.InsufficientPrivilege);
        Assert.Contains("Membership/postgres.sql", StartFault.Describe(forbidden), StringComparison.Ordinal);
        var denied = new PostgresException("password authentication failed", "FATAL", "FATAL", PostgresErrorCodes.InvalidPassword);
        Assert.Contains("the user and the password", StartFault.Describe(new AggregateException(denied)), StringComparison.Ordinal);
        Assert.Null(StartFault.Describe(new NotSupportedException()));
    }
}
