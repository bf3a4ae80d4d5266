using System.Security.Cryptography;
using Consortium.Tests.Node;
using Consortium.Tests.Storage;
using Consortium.Tests.Storage.Importing;

namespace Consortium.Tests.Cli;

/// <summary><c>consortium import</c>: the files that it writes, and everything that it refuses.</summary>
public sealed class ImportTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private byte[] _export = [];
    private byte[] _genesis = [];

    private string Data => At("data");

    public async Task InitializeAsync()
    {
        await using var chain = await ExportedChain.MakeAsync(restarts: 1);
        (_export, _genesis) = (chain.Export, chain.Fixture.Genesis.Bytes.ToArray());
        await File.WriteAllBytesAsync(At("chain"), _export);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chain_and_its_genesis_are_put_into_a_new_folder_and_again_is_the_same()
    {
        for (var times = 0; times < 2; times++)
        {
            var run = await CliRun.OfflineAsync("import", At("chain"), "--data", Data);
            Assert.True(run.ExitCode == 0, run.Out + run.Error);
            Assert.Contains("producer keys (*.producer.pem)", run.Out, StringComparison.Ordinal);
            Assert.Equal(_genesis, await File.ReadAllBytesAsync(Path.Combine(Data, "genesis.bin")));
            Assert.Equal(_export, await File.ReadAllBytesAsync(Path.Combine(Data, "import.bin")));
            Assert.Equal(2, Directory.GetFileSystemEntries(Data).Length);
        }
    }

    [Fact]
    public async Task A_folder_that_holds_the_same_genesis_and_keys_takes_the_chain()
    {
        Directory.CreateDirectory(Path.Combine(Data, "keys"));
        await File.WriteAllBytesAsync(Path.Combine(Data, "genesis.bin"), _genesis);
        Assert.Equal(0, (await CliRun.OfflineAsync("import", At("chain"), "--data", Data)).ExitCode);
        Assert.True(File.Exists(Path.Combine(Data, "import.bin")));
    }

    [Theory]
    [InlineData("storage")]
    [InlineData("index.db")]
    [InlineData("ledger.db")]
    public async Task A_folder_with_a_ledger_is_refused(string name)
    {
        Directory.CreateDirectory(Path.Combine(Data, name));
        await RefusedAsync("ledger_exists", $"has a ledger already ('{name}')");
        Assert.False(File.Exists(Path.Combine(Data, "import.bin")));
    }

    [Fact]
    public async Task Another_networks_genesis_is_refused_and_both_networks_are_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = NodeFixture.MakeGenesis(key, 4);
        Directory.CreateDirectory(Data);
        await File.WriteAllBytesAsync(Path.Combine(Data, "genesis.bin"), other.Bytes.ToArray());
        var message = await RefusedAsync("import_of_another_network", $"is of network {other.Network}");
        Assert.Equal(2, message.Split("network ").Length - 1);
        Assert.False(File.Exists(Path.Combine(Data, "import.bin")));
    }

    [Fact]
    public async Task Another_network_than_the_one_that_is_expected_is_refused() =>
        await RefusedAsync("import_invalid", "the chain is of network", "--network", new string('0', 64));

    [Fact]
    public async Task Another_chain_that_waits_in_the_folder_is_not_overwritten()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllBytesAsync(Path.Combine(Data, "import.bin"), _export[..^1]);
        await RefusedAsync("import_exists", "holds another chain");
        Assert.Equal(_export.Length - 1, new FileInfo(Path.Combine(Data, "import.bin")).Length);
        Assert.False(File.Exists(Path.Combine(Data, "genesis.bin")));
    }

    [Fact]
    public async Task A_file_that_is_no_whole_chain_is_refused_and_nothing_is_written()
    {
        foreach (var (bytes, says) in new (byte[], string)[]
        {
            ([], "it is empty"),
            ("something else that is long enough"u8.ToArray(), "the first bytes are not those of an exported chain"),
            ([.. "CONSORTIUM CHAIN 1\n"u8], "the file ends before its end record"),
            (_export[..(_export.Length / 2)], "cut off"),
            (_export[..^1], "the end record is not a digest"),
            (Flipped(_export.Length / 2), "its chain does not hold"),
        })
        {
            await File.WriteAllBytesAsync(At("chain"), bytes);
            await RefusedAsync("import_invalid", says);
        }

        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_missing_file_and_a_folder_in_its_place_are_said_to_be()
    {
        File.Delete(At("chain"));
        await RefusedAsync("import_unreadable", "cannot be imported");
        Directory.CreateDirectory(At("chain"));
        await RefusedAsync("import_unreadable", "cannot be imported");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_to_be()
    {
        await File.WriteAllTextAsync(Data, "a file");
        await RefusedAsync("folder_unwritable", $"cannot be put into '{Data}'");
    }

    private byte[] Flipped(int position)
    {
        var changed = (byte[])_export.Clone();
        changed[position] ^= 1;
        return changed;
    }

    private async Task<string> RefusedAsync(string name, string says, params string[] more)
    {
        var run = await CliRun.OfflineAsync(["import", At("chain"), "--data", Data, "--json", .. more]);
        Assert.True(run.ExitCode == 1, run.Out + run.Error);
        var error = run.Json["error"]!;
        var message = error["message"]!.GetValue<string>();
        Assert.Equal(name, error["name"]!.GetValue<string>());
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.NotEmpty(error["action"]!.GetValue<string>());
        return message;
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
