using Consortium.Consensus.Mining;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Blocks;
using Consortium.Node;

namespace Consortium.Gateway.Hosting;

/// <summary>A data folder with the embedded engine running over it.</summary>
/// <remarks>Lifecycle: <see cref="OpenAsync"/>; serve; <see cref="DisposeAsync"/>.</remarks>
public sealed class LedgerFolder : IAsyncDisposable
{
    private readonly Stack<IDisposable> _opened;

    private LedgerFolder(EmbeddedNode node, Stack<IDisposable> opened) => (Node, _opened) = (node, opened);

    /// <summary>The node, ordering.</summary>
    public EmbeddedNode Node { get; }

    /// <summary>Opens a folder and recovers.</summary>
    /// <param name="options">The gateway's options.</param>
    /// <param name="timeProvider">The only clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>The folder, its node ordering.</returns>
    /// <exception cref="StorageException">The folder cannot be used; the message says what to do.</exception>
    public static async Task<LedgerFolder> OpenAsync(
        GatewayOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var opened = new Stack<IDisposable>();
        try
        {
            var storage = Keep(opened, NodeStorage.Open(options.Data, loggers));
            var genesis = await ReadGenesisAsync(storage.Journal, options, storage.Path, cancellationToken);
            var keys = Keep(opened, ProducerKeys.Read(options, storage.Path, genesis));
            var mining = new MinerOptions(options.MiningThreads, options.MiningDutyPercent);
            IReadOnlyList<IMiner> miners =
            [
                .. keys.ByMember.Select(pair => new Miner(pair.Key, pair.Value.Sign, mining, timeProvider)),
            ];
            var node = await EmbeddedNode.StartAsync(
                genesis,
                storage.Ports(miners),
                new SequencerOptions { QueueTransactionsMax = options.QueueTransactionsMax },
                timeProvider,
                loggers,
                cancellationToken);
            return new LedgerFolder(node, opened);
        }
        catch
        {
            Close(opened);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        Close(_opened);
    }

    private static T Keep<T>(Stack<IDisposable> opened, T item)
        where T : IDisposable
    {
        opened.Push(item);
        return item;
    }

    private static void Close(Stack<IDisposable> opened)
    {
        while (opened.TryPop(out var item))
        {
            item.Dispose();
        }
    }

    private static async Task<Genesis> ReadGenesisAsync(
        IJournal journal,
        GatewayOptions options,
        string folder,
        CancellationToken cancellationToken)
    {
        var path = options.Genesis ?? Path.Combine(folder, "genesis.bin");
        ReadOnlyMemory<byte> bytes = default;
        await foreach (var entry in journal.ReadAsync(0, 0, cancellationToken))
        {
            bytes = entry.Bytes;
        }

        if (bytes.IsEmpty)
        {
            bytes = File.Exists(path)
                ? await File.ReadAllBytesAsync(path, cancellationToken)
                : throw new StorageException(
                    $"The data folder '{folder}' has no ledger and '{path}' is not there. Start with --demo for a consortium of five on this machine, or give the members' genesis with --genesis FILE.");
        }

        var fault = Genesis.TryRead(bytes, out var genesis);
        return genesis ?? throw new StorageException($"The genesis cannot be used: {fault}");
    }
}
