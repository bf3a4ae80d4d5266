using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Storage.Segments;

namespace Consortium.Silo.Following;

/// <summary>Keeps the ledger index of this process level with the block log.</summary>
internal sealed partial class IndexFeeder(
    Func<CancellationToken, ValueTask<BlockLog>> open,
    Func<ulong, SealedBlock?> takeHere,
    ILedgerIndex index,
    TimeProvider timeProvider,
    ILogger logger)
{
    private const int BlocksPerStep = 64;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private readonly LedgerProgress _announced = new();
    private readonly LedgerProgress _indexed = new();
    private BlockLog? _blocks;
    private volatile bool _hasCaughtUp;

    /// <summary>Whether the index has been level with the log once.</summary>
    public bool HasCaughtUp => _hasCaughtUp;

    /// <summary>Tells the feeder the height up to which the block log has blocks.</summary>
    public void Announce(ulong height)
    {
        if (height <= index.Height)
        {
            _hasCaughtUp = true;
        }

        _announced.Advance(now => now with { SealedHeight = Math.Max(now.SealedHeight, height) });
    }

    /// <summary>Waits until the index has a block.</summary>
    public Task WaitForAsync(ulong height, CancellationToken cancellationToken) => index.Height >= height
        ? Task.CompletedTask
        : _indexed.WaitAsync(_ => index.Height >= height, cancellationToken);

    /// <summary>Feeds until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var to = (await _announced.WaitAsync(now => now.SealedHeight > index.Height, cancellationToken)).SealedHeight;
                await FeedAsync(to, cancellationToken);
                _hasCaughtUp = true;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (StorageException exception)
            {
                LogNotFed(exception);
                await PauseAsync(cancellationToken);
            }
        }
    }

    private async Task FeedAsync(ulong toHeight, CancellationToken cancellationToken)
    {
        var step = new List<SealedBlock>(BlocksPerStep);
        await foreach (var block in ReadAsync(index.Height + 1, toHeight, cancellationToken))
        {
            step.Add(block);
            if (step.Count == BlocksPerStep)
            {
                await AddAsync(step, cancellationToken);
            }
        }

        await AddAsync(step, cancellationToken);
    }

    // Blocks that this process wrote lately are still in its memory; others are read from the log.
    private async IAsyncEnumerable<SealedBlock> ReadAsync(ulong from, ulong to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (; from <= to && takeHere(from) is { } block; from++)
        {
            yield return block;
        }

        if (from > to)
        {
            yield break;
        }

        _blocks ??= await open(cancellationToken);
        await foreach (var block in _blocks.ReadAsync(from, to, cancellationToken))
        {
            yield return block;
        }
    }

    private async Task AddAsync(List<SealedBlock> step, CancellationToken cancellationToken)
    {
        if (step.Count > 0)
        {
            await index.AddAsync([.. step], cancellationToken);
            step.Clear();
            _indexed.Advance(now => now with { SealedHeight = index.Height });
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Retry, timeProvider, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger index of this process could not be brought forward; trying again. Nothing is lost.")]
    private partial void LogNotFed(Exception exception);
}
