using System.Diagnostics;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Grains.Messages;
using Consortium.Ledger.Transactions;

namespace Consortium.Grains.Consensus;

/// <summary>A sequencer that has recovered, with what stands beside it. Callers in its process use it directly; all others call the consensus grain.</summary>
/// <param name="sequencer">The sequencer.</param>
/// <param name="blocks">The blocks that the block log took last.</param>
/// <param name="archive">The block log.</param>
public sealed class OrderingActivation(Sequencer sequencer, RecentBlocks blocks, IBlockArchive archive)
{
    /// <summary>The blocks that the block log took last.</summary>
    public RecentBlocks Blocks => blocks;

    internal Sequencer Sequencer => sequencer;

    internal IBlockArchive Archive => archive;

    /// <summary>Has transactions ordered that the gateway of this process has decoded and checked: they are neither encoded, nor decoded and checked again.</summary>
    /// <param name="transactions">Checked transactions.</param>
    /// <returns>One answer per transaction, in their order, once every one is durable or refused.</returns>
    public Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions) =>
        sequencer.SubmitAsync(transactions, Activity.Current is { Recorded: true } caller ? [caller.Context] : []);

    /// <summary>Waits until the ledger has come further than the caller knows, or until it is told to stop waiting.</summary>
    /// <param name="known">The positions and heights that the caller knows.</param>
    /// <param name="ended">Ends the wait; the present positions are then returned, and nothing is thrown.</param>
    /// <returns>The present positions and heights.</returns>
    public async Task<FollowReply> FollowAsync(FollowRequest known, CancellationToken ended)
    {
        try
        {
            if (sequencer.Activation == known.Activation && archive.Height <= known.ArchivedHeight)
            {
                await sequencer.Progress.WaitAsync(now => now.Position > known.Position, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing new: that is an answer too.
        }

        // Archived before sealed: a height that is archived was sealed.
        var archived = archive.Height;
        var head = sequencer.Progress.Now;
        return new FollowReply(
            sequencer.Activation,
            head.Position,
            head.TimeMs,
            head.SealedHeight,
            head.SealedPosition,
            head.FinalHeight,
            head.FinalPosition,
            Math.Min(archived, head.SealedHeight),
            sequencer.QueueLength);
    }
}
