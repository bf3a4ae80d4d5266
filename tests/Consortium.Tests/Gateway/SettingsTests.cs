using Consortium.Gateway.Hosting;
using Consortium.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Consortium.Tests.Gateway;

public sealed class SettingsTests
{
    [Fact]
    public void The_command_line_comes_before_the_environment_before_defaults()
    {
        var configuration = Configuration(("CONSORTIUM_MINING_THREADS", "3"), ("CONSORTIUM_DATA", "/tmp/e"), ("Consortium:waitsecondsmax", "9"));
        Assert.Null(SiloSettings.TryRead(["--data", "/tmp/c", "--demo", "--auth=on"], configuration, out var options));
        Assert.Equal("/tmp/c", options!.Gateway.Data);
        Assert.Equal(3, options.Gateway.MiningThreads);
        Assert.Equal(9, options.Gateway.WaitSecondsMax);
        Assert.True(options.Gateway.Demo);
        Assert.True(options.Gateway.IsAuthOn);
        Assert.Equal("http://127.0.0.1:5080", options.Gateway.Urls);
    }

    [Theory]
    [InlineData("--nonsense", "is no setting")]
    [InlineData("--data", "needs a value")]
    [InlineData("--request-bytes-max 1", "--request-bytes-max must be from 65536")]
    [InlineData("--auth maybe", "on or off")]
    [InlineData("--urls ftp://x", "http:// URLs")]
    [InlineData("--grpc-urls nowhere", "http:// or https:// URLs")]
    [InlineData("--grpc-urls https://127.0.0.1:1", "give --grpc-certificate too")]
    [InlineData("--mining-duty-percent 0", "above 0")]
    [InlineData("--once", "--demo")]
    public void A_setting_that_is_not_understood_says_what_it_may_be(string line, string expected)
    {
        var fault = SiloSettings.TryRead(line.Split(' '), Configuration(), out var options);
        Assert.Null(options);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_is_in_the_help_with_its_default_and_range()
    {
        var help = SiloSettings.Help();
        Assert.All(SiloSettings.All, setting =>
        {
            Assert.Contains("--" + setting.Name, help, StringComparison.Ordinal);
            Assert.Contains(setting.Range, help, StringComparison.Ordinal);
            Assert.Contains(setting.Variable, help, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Stated_defaults_are_within_range_and_change_nothing()
    {
        foreach (var setting in GatewaySettings.All.Where(setting => setting.Name.EndsWith("-max", StringComparison.Ordinal) || setting.Name.StartsWith("mining", StringComparison.Ordinal)))
        {
            Assert.Equal(new GatewayOptions(), setting.Apply(new GatewayOptions(), setting.Default));
        }
    }

    [Fact]
    public void Grpc_is_switched_off_by_a_word()
    {
        Assert.Null(SiloSettings.TryRead(["--grpc-urls", "off"], Configuration(), out var options));
        Assert.Empty(options!.Gateway.GrpcUrlList);
    }

    [Fact]
    public void A_grpc_address_that_others_reach_switches_authentication_on()
    {
        Assert.False(new GatewayOptions { GrpcUrls = "http://127.0.0.1:5081" }.IsAuthOn);
        Assert.True(new GatewayOptions { GrpcUrls = "http://0.0.0.0:5081" }.IsAuthOn);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>(value.Key, value.Value)))
        .Build();
}
