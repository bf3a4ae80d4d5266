using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;

namespace Consortium.Tests.Ledger;

public sealed class DuplicateWindowTests
{
    private readonly DuplicateWindow _window = new();

    [Fact]
    public void A_transaction_is_remembered_until_its_validity_has_ended()
    {
        _window.Add(Id(1), validUntilMs: 100, position: 1, index: 0);
        _window.Cut(99);
        Assert.True(_window.TryFind(Id(1), out var place));
        Assert.Equal((1ul, 0), place);
        _window.Cut(100);
        Assert.False(_window.TryFind(Id(1), out _));
    }

    [Fact]
    public void A_restored_window_remembers_the_same()
    {
        var restored = Restore(Filled(1_000));
        Assert.Equal(1_000, restored.Count);
        Assert.True(restored.TryFind(Id(700), out var place));
        Assert.Equal((700ul, 7), place);
    }

    [Fact]
    public void A_restored_window_is_forgotten_piece_by_piece()
    {
        // As one piece it would stay until its last entry's validity ends, and into every snapshot taken until then.
        var restored = Restore(Filled(1_000));
        restored.Cut(600);
        Assert.InRange(restored.Count, 400, 700);
        Assert.False(restored.TryFind(Id(1), out _));
        Assert.True(restored.TryFind(Id(601), out _));
    }

    [Fact]
    public void What_was_taken_hold_of_stays_as_it_was_while_the_window_moves_on()
    {
        Filled(3_000).Cut(0);
        var export = _window.BeginExport();
        var before = export.Slices().Select(Convert.ToHexString).ToList();
        _window.Add(Id(4_000), validUntilMs: 9_000, position: 4_000, index: 0);
        _window.Cut(5_000);
        Assert.Equal(1, _window.Count);
        Assert.Equal(3_000, export.Count);
        Assert.Equal(before, export.Slices().Select(Convert.ToHexString));
        Assert.All(export.Slices(), slice => Assert.InRange(slice.Length, 1, 64 << 10));
    }

    [Fact]
    public void A_slice_that_comes_twice_or_in_part_is_refused()
    {
        Filled(10).Cut(0);
        var slice = Assert.Single(_window.BeginExport().Slices());
        var restored = new DuplicateWindow();
        Assert.False(restored.TryRestore(slice.AsSpan(1)));
        Assert.True(restored.TryRestore(slice));
        Assert.False(restored.TryRestore(slice));
        restored.Clear();
        Assert.Equal(0, restored.Count);
        Assert.True(restored.TryRestore(slice));
    }

    private static DuplicateWindow Restore(DuplicateWindow window)
    {
        window.Cut(0);
        var restored = new DuplicateWindow();
        Assert.All(window.BeginExport().Slices(), slice => Assert.True(restored.TryRestore(slice)));
        return restored;
    }

    private DuplicateWindow Filled(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            _window.Add(Id(i), validUntilMs: (ulong)i, position: (ulong)i, index: 7);
        }

        return _window;
    }

    private static TransactionId Id(int number) => new(Digest.Sha256(BitConverter.GetBytes(number)));
}
