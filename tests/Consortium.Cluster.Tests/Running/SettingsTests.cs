using Consortium.Cluster.Tests.Harness;

namespace Consortium.Cluster.Tests.Running;

[Collection(OneClusterAtATime.Name)]
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Give --member", "--storage-folder", "x")]
    [InlineData("Give one of --storage-folder", "--member", "m")]
    [InlineData("--silo-port must be from 1 to 65535", "--member", "m", "--storage-folder", "x", "--silo-port", "70000")]
    [InlineData("Give --certificate and --certificate-key together", "--member", "m", "--storage-folder", "x", "--certificate", "c.pem")]
    [InlineData("'consortium certificate issue' makes them", "--member", "m", "--storage-folder", "x", "--address", "10.0.0.1")]
    [InlineData("--host must be silo, or gateway", "--member", "m", "--storage-folder", "x", "--host", "castle")]
    public async Task Wrong_settings_end_the_process_with_2_and_what_to_do(string says, params string[] arguments)
    {
        await using var silo = new SiloUnderTest("silo", new Uri("http://127.0.0.1:1"), arguments);
        silo.Start();
        Assert.Equal(2, await silo.WaitForExitAsync());
        Assert.Contains(says, silo.Log, StringComparison.Ordinal);
    }
}
