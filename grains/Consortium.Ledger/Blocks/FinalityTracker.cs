using System.Numerics;

namespace Consortium.Ledger.Blocks;

/// <summary>Tells which blocks are final: those with enough work on top.</summary>
/// <remarks>
/// A block is final when the blocks on top of it hold at least the network's finality blocks' worth of its own work.
/// All blocks below a final one are final. The final height never goes back, because work on top only grows.
/// </remarks>
/// <param name="finalityBlocks">Blocks' worth of work.</param>
public sealed class FinalityTracker(uint finalityBlocks)
{
    private readonly Queue<(ulong Height, BigInteger Work)> _pending = new();

    /// <summary>The highest final block; 0 before there is one.</summary>
    public ulong FinalHeight { get; private set; }

    /// <summary>Work of all blocks so far.</summary>
    public BigInteger TotalWork { get; private set; }

    /// <summary>Adds the next sealed block.</summary>
    /// <param name="height">Its height.</param>
    /// <param name="work">Its work.</param>
    public void Add(ulong height, BigInteger work)
    {
        TotalWork += work;
        _pending.Enqueue((height, work));

        // Blocks below a final one are final too, even if their own target asks for more work: so look from the newest.
        var above = BigInteger.Zero;
        ulong final = 0;
        foreach (var (candidate, own) in _pending.Reverse())
        {
            if (above >= own * finalityBlocks)
            {
                final = candidate;
                break;
            }

            above += own;
        }

        while (_pending.Count > 0 && _pending.Peek().Height <= final)
        {
            _pending.Dequeue();
        }

        FinalHeight = Math.Max(FinalHeight, final);
    }
}
