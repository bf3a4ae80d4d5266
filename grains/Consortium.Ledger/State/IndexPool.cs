namespace Consortium.Ledger.State;

/// <summary>Hands out small numbers, those taken back before new ones.</summary>
internal sealed class IndexPool
{
    private int[] _free = [];
    private int _freeCount;
    private int _made;

    /// <summary>Numbers handed out and not taken back.</summary>
    public int Used => _made - _freeCount;

    /// <summary>Hands out a number not in use.</summary>
    public int Take() => _freeCount > 0 ? _free[--_freeCount] : _made++;

    /// <summary>Takes a number back.</summary>
    public void Return(int index)
    {
        if (_freeCount == _free.Length)
        {
            Array.Resize(ref _free, Math.Max(64, _free.Length * 2));
        }

        _free[_freeCount++] = index;
    }
}
