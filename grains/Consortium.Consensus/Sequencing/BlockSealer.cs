using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Signatures;
using Microsoft.Extensions.Logging;

namespace Consortium.Consensus.Sequencing;

/// <summary>Has one cut block at a time sealed by a miner while the sequencer goes on ordering, and signals when the search has ended.</summary>
/// <remarks>Miners are not trusted: every answer is checked, and an answer that is wrong or does not come changes nothing.</remarks>
internal sealed partial class BlockSealer(
    Genesis genesis,
    IReadOnlyList<IMiner> miners,
    ISignatureVerifier verifier,
    TimeProvider timeProvider,
    TimeSpan retry,
    Signal done,
    ILogger logger)
{
    private CutBlock? _cut;
    private Task<BlockSeal>? _sealing;

    /// <summary>Whether no block waits for its seal.</summary>
    public bool IsIdle => _cut is null;

    /// <summary>Starts sealing.</summary>
    /// <param name="cut">The block.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public void Start(CutBlock cut, CancellationToken cancellationToken)
    {
        _cut = cut;
        _sealing = SealAsync(cut, cancellationToken);
        _ = done.SetAfterAsync(_sealing);
    }

    /// <summary>Returns the sealed block once the search has ended; the sealer is then free for the next block.</summary>
    public async ValueTask<SealedCut?> TryTakeAsync()
    {
        if (_sealing is not { IsCompleted: true } || _cut is null)
        {
            return null;
        }

        // Awaiting rethrows the exception that ended the search, such as a broken invariant.
        var taken = new SealedCut(_cut, await _sealing);
        (_cut, _sealing) = (null, null);
        return taken;
    }

    /// <summary>Waits until a search that was cancelled has ended.</summary>
    public Task StopAsync() => _sealing is null ? Task.CompletedTask : Task.WhenAny(_sealing);

    private async Task<BlockSeal> SealAsync(CutBlock cut, CancellationToken cancellationToken)
    {
        var template = cut.Template with { StateRoot = ChainRules.StateRoot(await cut.ShardRoots) };
        using var span = ConsensusInstruments.StartUnder("seal", cut.Span);
        var began = timeProvider.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // A miner that never answers delays nobody: each is asked by itself.
            var seals = miners.Select(miner => SealAsync(miner, template, ended.Token)).ToList();
            var seal = await await Task.WhenAny(seals);
            ConsensusInstruments.SealSeconds.Record(timeProvider.GetElapsedTime(began).TotalSeconds);
            return seal;
        }
        finally
        {
            ended.Cancel();
        }
    }

    private async Task<BlockSeal> SealAsync(IMiner miner, BlockHeader template, CancellationToken cancellationToken)
    {
        using var span = ConsensusInstruments.Source.StartActivity("mine");
        while (true)
        {
            if (await TrySealAsync(miner, template, cancellationToken) is { } seal)
            {
                span?.SetTag("consortium.member", seal.Header.Producer.ToString());
                return seal;
            }

            await Task.Delay(retry, timeProvider, cancellationToken);
        }
    }

    private async Task<BlockSeal?> TrySealAsync(IMiner miner, BlockHeader template, CancellationToken cancellationToken)
    {
        try
        {
            var seal = await miner.SealAsync(template, cancellationToken);
            var isOurs = seal.Header with { Producer = template.Producer, Nonce = template.Nonce } == template;
            var fault = isOurs ? ChainRules.CheckWork(genesis, seal, verifier) : "it seals another header";
            if (fault is null)
            {
                return seal;
            }

            LogWrongSeal(template.Height, fault);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMinerFailed(exception, template.Height);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A miner's answer for block {Height} was wrong: {Fault}; asking again.")]
    private partial void LogWrongSeal(ulong height, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A miner failed on block {Height}; asking again.")]
    private partial void LogMinerFailed(Exception exception, ulong height);
}
