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
    private readonly List<BuriedBlock> _pending = [];

    /// <summary>The highest final block; <see langword="null"/> before there is one.</summary>
    public BuriedBlock? Final { get; private set; }

    /// <summary>Sealed blocks that are not final, lowest first.</summary>
    public IReadOnlyList<BuriedBlock> Pending => _pending;

    /// <summary>Work of all blocks so far.</summary>
    public BigInteger TotalWork { get; private set; }

    /// <summary>Adds the next sealed block.</summary>
    /// <param name="block">The block.</param>
    public void Add(BuriedBlock block)
    {
        TotalWork += block.Work;
        _pending.Add(block);

        // From the newest down: the first with enough work above it is final, and with it all below, even those whose
        // own target asks for more.
        var above = BigInteger.Zero;
        for (var i = _pending.Count - 1; i >= 0; i--)
        {
            if (above >= _pending[i].Work * finalityBlocks)
            {
                Final = _pending[i];
                _pending.RemoveRange(0, i + 1);
                return;
            }

            above += _pending[i].Work;
        }
    }

    /// <summary>Continues from the state that a snapshot holds.</summary>
    /// <param name="totalWork">Work of all blocks up to then.</param>
    /// <param name="final">The highest final block.</param>
    /// <param name="pending">Sealed blocks that were not final, lowest first.</param>
    public void Restore(BigInteger totalWork, BuriedBlock? final, IEnumerable<BuriedBlock> pending)
    {
        TotalWork = totalWork;
        Final = final;
        _pending.Clear();
        _pending.AddRange(pending);
    }
}
