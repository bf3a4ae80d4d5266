using System.Globalization;
using System.Runtime.CompilerServices;
using Consortium.Client.Verification;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Storage.Importing;

namespace Consortium.Silo.Importing;

/// <summary>Begins a ledger with the chain in the data folder's <see cref="FileName"/>, before anything else of the silo runs.</summary>
/// <remarks>
/// <para>
/// The file is verified whole, then the journal is made again from it. An <see cref="ImportMark"/> in the storage says that this has
/// not finished: until the last entry is written no silo orders, and the next start goes on where this one stopped.
/// </para>
/// <para>The file is deleted when all is written: it is a copy that <c>consortium import</c> made.</para>
/// </remarks>
/// <param name="journal">The journal, without the guard against imports.</param>
/// <param name="mark">Says that an import has not finished.</param>
/// <param name="tell">Takes lines about the progress of the import, for the log.</param>
internal sealed class ChainImport(IJournal journal, ImportMark mark, Action<string> tell)
{
    /// <summary>The file in a data folder that an import begins with.</summary>
    public const string FileName = "import.bin";

    // Appends in hand are written together, so that the disk is not waited for once per entry.
    private const int InHandBytesMax = 8 << 20;
    private const int InHandMax = 1_000;

    /// <summary>Imports if there is something to import.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="genesisPath">The genesis that the silo is started with; need not be there.</param>
    /// <param name="cancellationToken">Stops; the next start goes on.</param>
    /// <returns>A task that completes when the storage holds no unfinished import.</returns>
    /// <exception cref="StorageException">It cannot be imported; the message says what to do.</exception>
    public async Task RunAsync(string dataFolder, string genesisPath, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            await RequireNoneBegunAsync(path, cancellationToken);
            return;
        }

        try
        {
            await ImportAsync(path, genesisPath, cancellationToken);
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"'{path}' cannot be imported: {exception.Message} Make it readable, and its folder writable, for this user; then start again.", exception);
        }
        catch (JournalConflictException exception)
        {
            throw new StorageException(
                $"'{path}' was not imported: another process wrote journal position {exception.Position} meanwhile. Import with one silo while no other one runs; then start again.",
                exception);
        }
    }

    private static async IAsyncEnumerable<JournalEntry> EntriesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = Open(path);
        using var reader = new ChainFileReader(stream);
        var rebuild = new JournalRebuild();
        while (await reader.ReadAsync(cancellationToken) is { } record)
        {
            foreach (var entry in rebuild.Add(record.Kind, record.Content))
            {
                yield return entry;
            }
        }

        if (reader.Fault is { } fault)
        {
            throw new StorageException($"'{path}' changed while it was imported: {fault}. Empty the storage, then 'consortium import FILE' again.");
        }

        foreach (var entry in rebuild.Finish())
        {
            yield return entry;
        }
    }

    private static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 20 });

    private static string NameOf(ReadOnlyMemory<byte> genesisBytes)
    {
        _ = Genesis.TryRead(genesisBytes, out var genesis);
        return genesis is null ? "a network that this program cannot read" : $"network {genesis.Network} ('{genesis.Name}')";
    }

    private async Task RequireNoneBegunAsync(string path, CancellationToken cancellationToken)
    {
        if (await mark.IsSetAsync(cancellationToken))
        {
            throw new StorageException(
                $"An import into the storage was begun and has not finished, and '{path}' is not there to go on with. Start the silo whose data folder has it, put it back with 'consortium import FILE', or empty the storage to begin anew.");
        }
    }

    private async Task ImportAsync(string path, string genesisPath, CancellationToken cancellationToken)
    {
        var head = await journal.ReadHeadAsync(cancellationToken);
        var isBegun = await mark.IsSetAsync(cancellationToken);
        if (head is { } last && !isBegun)
        {
            await RequireImportedAsync(path, last, cancellationToken);
            return;
        }

        tell($"Verifying '{path}' ...");
        var report = await VerifyAsync(path, cancellationToken);
        await RequireGenesisAsync(path, genesisPath, cancellationToken);
        await mark.SetAsync(cancellationToken);
        if (!isBegun && await journal.ReadHeadAsync(cancellationToken) is { } appeared)
        {
            // Another silo began a ledger while the file was verified. The mark would keep that silo from ordering ever again.
            await mark.ClearAsync(cancellationToken);
            await RequireImportedAsync(path, appeared, cancellationToken);
            return;
        }

        var written = await WriteAsync(path, head, cancellationToken);
        await mark.ClearAsync(cancellationToken);
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"Imported network {report.Network}: {report.Height} blocks with {report.TransactionCount} transactions, in {written} journal entries. '{path}' is deleted."));
    }

    private static async Task<ChainReport> VerifyAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = Open(path);
        var report = await ChainFile.VerifyAsync(stream, new ChainVerificationOptions(), progress: null, cancellationToken);
        return report.Fault is not { } fault ? report : throw new StorageException(
            $"'{path}' cannot be imported: {fault}. Delete it, and import another export with 'consortium import FILE'. Nothing was imported.");
    }

    private static async Task RequireGenesisAsync(string path, string genesisPath, CancellationToken cancellationToken)
    {
        if (!File.Exists(genesisPath))
        {
            return;
        }

        var given = await File.ReadAllBytesAsync(genesisPath, cancellationToken);
        await foreach (var entry in EntriesAsync(path, cancellationToken))
        {
            if (!entry.Bytes.Span.SequenceEqual(given))
            {
                throw new StorageException(
                    $"'{path}' is of {NameOf(entry.Bytes)}, but the genesis '{genesisPath}' is of {NameOf(given)}. Import into an empty data folder, or delete '{path}' to start the other network. Nothing was imported.");
            }

            return;
        }
    }

    // A storage that holds a ledger is left alone, unless an earlier start wrote this very import and was stopped before it deleted the file.
    private async Task RequireImportedAsync(string path, ulong head, CancellationToken cancellationToken)
    {
        await using var there = journal.ReadAsync(0, head, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (var entry in EntriesAsync(path, cancellationToken))
        {
            if (!await there.MoveNextAsync() || !IsSame(there.Current, entry))
            {
                throw new StorageException(entry.Position == 0
                    ? $"'{path}' is of {NameOf(entry.Bytes)}, but the storage has the ledger of {NameOf(there.Current.Bytes)} already. Import into an empty data folder and storage, or delete '{path}' to go on with the ledger that is there. Nothing was changed."
                    : $"'{path}' is of the same network as the ledger that the storage has already, and holds something else from journal position {entry.Position} on. Import into an empty data folder and storage, or delete '{path}' to go on with the ledger that is there. Nothing was changed.");
            }
        }

        tell($"'{path}' was imported already; it is deleted.");
    }

    private async Task<ulong> WriteAsync(string path, ulong? head, CancellationToken cancellationToken)
    {
        await using var there = journal.ReadAsync(0, head ?? 0, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var inHand = new List<Task>();
        var bytes = 0L;
        var written = 0UL;
        await foreach (var entry in EntriesAsync(path, cancellationToken))
        {
            written++;
            if (entry.Position <= head)
            {
                if (!await there.MoveNextAsync() || !IsSame(there.Current, entry))
                {
                    throw new StorageException(
                        $"An import into the storage was begun with another file than '{path}': journal position {entry.Position} differs. Put that file back with 'consortium import FILE', or empty the storage to begin anew.");
                }

                continue;
            }

            inHand.Add(journal.AppendAsync(entry, cancellationToken).AsTask());
            bytes += entry.Bytes.Length;
            if (bytes >= InHandBytesMax || inHand.Count >= InHandMax)
            {
                await Task.WhenAll(inHand);
                inHand.Clear();
                bytes = 0;
            }
        }

        await Task.WhenAll(inHand);
        return written;
    }

    private static bool IsSame(JournalEntry left, JournalEntry right) => left.Kind == right.Kind && left.Bytes.Span.SequenceEqual(right.Bytes.Span);
}
