using Consortium.Api;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;

namespace Consortium.Cli.Commands;

/// <summary>The data folder that a chain is put into, for the silo that is started with it.</summary>
internal sealed class ImportFolder(string folder)
{
    // What a silo, or a former version, leaves in a data folder once it has run.
    private static readonly string[] OfALedger = ["storage", "index.db", "ledger.db"];

    public string Folder => folder;

    public string GenesisPath => Path.Combine(folder, "genesis.bin");

    public string ImportPath => Path.Combine(folder, "import.bin");

    /// <summary>Refuses a folder that has a ledger, or another network's genesis.</summary>
    public void RequireRoomFor(ReadOnlyMemory<byte> genesis)
    {
        var there = File.Exists(GenesisPath) ? File.ReadAllBytes(GenesisPath) : null;
        if (there is not null && !genesis.Span.SequenceEqual(there))
        {
            throw new ConsortiumException(
                "import_of_another_network",
                $"The chain is of {NameOf(genesis)}, but '{GenesisPath}' is of {NameOf(there)}. Nothing was written.",
                "Name an empty folder with --data DIR.");
        }

        if (OfALedger.FirstOrDefault(name => Path.Exists(Path.Combine(folder, name))) is { } found)
        {
            throw new ConsortiumException(
                "ledger_exists",
                $"'{folder}' has a ledger already ('{found}'{(there is null ? "" : $", of {NameOf(there)}")}); the chain to import is of {NameOf(genesis)}. Nothing was written.",
                "Name an empty folder with --data DIR; a chain cannot be added to a ledger.");
        }
    }

    /// <summary>Writes both files whole, and never over others.</summary>
    public async Task PutAsync(string source, ReadOnlyMemory<byte> genesis, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);

            // The genesis is written last: a silo that found it without the chain would begin an empty ledger of the network.
            await using (var chain = new FileStream(source, FileMode.Open, FileAccess.Read))
            {
                await PutAsync(chain, ImportPath, cancellationToken);
            }

            await using var first = new MemoryStream(genesis.ToArray());
            await PutAsync(first, GenesisPath, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConsortiumException(
                "folder_unwritable",
                $"The chain cannot be put into '{folder}': {exception.Message}",
                "Make the folder writable for this user, with room for the whole file, or name another with --data DIR.",
                exception);
        }
    }

    private static async Task PutAsync(Stream source, string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            await RequireSameAsync(source, path, cancellationToken);
            return;
        }

        var part = path + ".part";
        try
        {
            await using (var target = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await source.CopyToAsync(target, cancellationToken);
                target.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: false);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task RequireSameAsync(Stream source, string path, CancellationToken cancellationToken)
    {
        await using var there = new FileStream(path, FileMode.Open, FileAccess.Read);
        var (left, right) = (new byte[1 << 20], new byte[1 << 20]);
        while (true)
        {
            var length = await source.ReadAtLeastAsync(left, left.Length, throwOnEndOfStream: false, cancellationToken);
            var other = await there.ReadAtLeastAsync(right, right.Length, throwOnEndOfStream: false, cancellationToken);
            if (!left.AsSpan(0, length).SequenceEqual(right.AsSpan(0, other)))
            {
                throw new ConsortiumException(
                    "import_exists",
                    $"'{path}' is there already and holds another chain. Nothing was written.",
                    "Start the silo to import that one, or delete the file; then run the command again.");
            }

            if (length == 0)
            {
                return;
            }
        }
    }

    private static string NameOf(ReadOnlyMemory<byte> bytes)
    {
        _ = Genesis.TryRead(bytes, out var genesis);
        return genesis is null ? $"network {Derive.Network(bytes.Span)}" : $"network {genesis.Network} ('{genesis.Name}')";
    }
}
