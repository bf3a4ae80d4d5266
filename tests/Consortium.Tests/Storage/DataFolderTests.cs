using System.Diagnostics;
using Consortium.Consensus.Ports;
using Consortium.Storage;

namespace Consortium.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_folder_is_created_and_opened_again()
    {
        var path = Path.Combine(_temporary.Path, "a", "b");
        DataFolder.Open(path).Dispose();
        using var folder = DataFolder.Open(path);
        Assert.Equal(Path.Combine(path, "index.db"), folder.IndexPath);
    }

    [Fact]
    public void A_folder_in_use_is_refused_with_its_name_and_the_process()
    {
        using var folder = DataFolder.Open(_temporary.Path);
        var exception = Assert.Throws<StorageException>(() => DataFolder.Open(_temporary.Path));
        Assert.Contains(_temporary.Path, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_held_by_another_process_refuses_and_ends_with_that_process()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        DataFolder.Open(_temporary.Path).Dispose();
        var file = Path.Combine(_temporary.Path, "lock");
        using var other = Process.Start(new ProcessStartInfo("flock", [file, "sh", "-c", "echo held; read line"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());
        var exception = Assert.Throws<StorageException>(() => DataFolder.Open(_temporary.Path));
        Assert.Contains("in use by another process", exception.Message, StringComparison.Ordinal);
        await other.StandardInput.WriteLineAsync();
        await other.WaitForExitAsync();
        DataFolder.Open(_temporary.Path).Dispose();
    }

    [Fact]
    public void A_newer_format_is_refused_and_nothing_is_changed()
    {
        DataFolder.Open(_temporary.Path).Dispose();
        File.WriteAllText(Path.Combine(_temporary.Path, "format"), "consortium data folder, format 6\n");
        AssertRefusedUnchanged("newer version");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_older_format_whose_roots_are_others_is_refused_and_nothing_is_changed(int version)
    {
        File.WriteAllText(Path.Combine(_temporary.Path, "format"), $"consortium data folder, format {version}\n");
        AssertRefusedUnchanged("give an empty folder to begin a new chain");
    }

    [Fact]
    public void A_folder_says_the_format_it_is_opened_with_again()
    {
        DataFolder.Open(_temporary.Path).Dispose();
        Assert.Equal("consortium data folder, format 5\n", File.ReadAllText(Path.Combine(_temporary.Path, "format")));
        DataFolder.Open(_temporary.Path).Dispose();
    }

    [Fact]
    public void A_ledger_of_the_former_one_machine_program_is_refused_with_what_to_do_and_nothing_is_changed()
    {
        File.WriteAllText(Path.Combine(_temporary.Path, "format"), "consortium data folder, format 4\n");
        File.WriteAllText(Path.Combine(_temporary.Path, "ledger.db"), "x");
        AssertRefusedUnchanged("export its chain with that version ('consortium export FILE'), then 'consortium import FILE' into an empty folder");
    }

    [Fact]
    public void A_ledger_of_a_former_program_beside_this_formats_files_is_refused()
    {
        DataFolder.Open(_temporary.Path).Dispose();
        File.WriteAllText(Path.Combine(_temporary.Path, "ledger.db"), "x");
        AssertRefusedUnchanged("it has 'ledger.db', the ledger of an older version");
    }

    [Fact]
    public void A_silos_folder_of_the_format_before_is_carried_over()
    {
        File.WriteAllText(Path.Combine(_temporary.Path, "format"), "consortium data folder, format 4\n");
        File.WriteAllText(Path.Combine(_temporary.Path, "index.db"), "derived");
        DataFolder.Open(_temporary.Path).Dispose();
        Assert.Equal("consortium data folder, format 5\n", File.ReadAllText(Path.Combine(_temporary.Path, "format")));
        Assert.Equal("derived", File.ReadAllText(Path.Combine(_temporary.Path, "index.db")));
    }

    [Fact]
    public void A_format_that_cannot_be_read_is_refused_and_nothing_is_changed()
    {
        File.WriteAllText(Path.Combine(_temporary.Path, "format"), "something else");
        AssertRefusedUnchanged("damaged or not one of Consortium's");
    }

    [Fact]
    public void A_ledger_without_a_format_is_refused_and_nothing_is_changed()
    {
        File.WriteAllText(Path.Combine(_temporary.Path, "ledger.db"), "x");
        AssertRefusedUnchanged("'format' is missing");
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_told()
    {
        var path = Path.Combine(_temporary.Path, "file");
        File.WriteAllText(path, "");
        var exception = Assert.Throws<StorageException>(() => DataFolder.Open(path));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("another folder", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/consortium")]
    [InlineData("/proc/self")]
    public void A_folder_that_cannot_be_written_is_told(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains(path, Assert.Throws<StorageException>(() => DataFolder.Open(path)).Message, StringComparison.Ordinal);
        }
    }

    private void AssertRefusedUnchanged(string because)
    {
        var before = Contents();
        var exception = Assert.Throws<StorageException>(() => DataFolder.Open(_temporary.Path));
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    private List<string> Contents() =>
        [.. Directory.GetFiles(_temporary.Path).Order(StringComparer.Ordinal).Select(file => file + File.ReadAllText(file))];
}
