using System.Diagnostics;
using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;

namespace Consortium.Tests.Storage.Segments;

public sealed class FolderSegmentStoreTests : SegmentStoreContract, IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FolderSegmentStore _store;

    public FolderSegmentStoreTests() => _store = new FolderSegmentStore(_temporary.Path, TimeProvider.System);

    protected override ISegmentStore Store => _store;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Another_store_over_the_folder_sees_what_was_appended_and_conflicts()
    {
        var other = new FolderSegmentStore(_temporary.Path, TimeProvider.System);
        await _store.CreateAsync("j/a", default);
        await _store.AppendAsync("j/a", 0, new byte[3], default);
        await Assert.ThrowsAsync<SegmentConflictException>(async () => await other.AppendAsync("j/a", 0, new byte[1], default));
        await other.AppendAsync("j/a", 3, new byte[1], default);
        Assert.Equal([new SegmentInfo("j/a", 4)], await _store.ListAsync("", default));
    }

    [Fact]
    public async Task An_append_waits_for_another_process_and_then_compares_the_length()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await _store.CreateAsync("j/a", default);
        await _store.AppendAsync("j/a", 0, new byte[1], default);
        var folder = Path.Combine(_temporary.Path, "j");
        using var other = Process.Start(new ProcessStartInfo("flock", [Path.Combine(folder, ".lock"), "sh", "-c", $"echo held; read line; printf x >> {Path.Combine(folder, "a")}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());
        var append = _store.AppendAsync("j/a", 1, new byte[1], default).AsTask();
        Assert.False(append.IsCompleted);
        await other.StandardInput.WriteLineAsync();
        await Assert.ThrowsAsync<SegmentConflictException>(() => append);
        await other.WaitForExitAsync();
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_told()
    {
        await _store.CreateAsync("a", default);
        File.Delete(Path.Combine(_temporary.Path, "a"));
        Directory.CreateDirectory(Path.Combine(_temporary.Path, "a"));
        var exception = await Assert.ThrowsAsync<StorageException>(async () => await _store.AppendAsync("a", 0, new byte[1], default));
        Assert.False(exception.IsUnknown);
        Assert.Contains(_temporary.Path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_told()
    {
        var path = Path.Combine(_temporary.Path, "file");
        File.WriteAllText(path, "");
        Assert.Contains(path, Assert.Throws<StorageException>(() => new FolderSegmentStore(path, TimeProvider.System)).Message, StringComparison.Ordinal);
    }
}
