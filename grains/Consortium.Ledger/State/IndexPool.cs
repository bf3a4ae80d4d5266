namespace Consortium.Ledger.State;

/// <summary>Gives out indexes into the arrays of a pool, returned ones first, so that the arrays grow only with the number in use.</summary>
internal sealed class IndexPool
{
    private int[] _free = [];
    private int _freeCount;
    private int _made;

    /// <summary>The number of indexes in use.</summary>
    public int Used => _made - _freeCount;

    /// <summary>Gives out an index that is not in use.</summary>
    public int Take() => _freeCount > 0 ? _free[--_freeCount] : _made++;

    /// <summary>Frees an index, which the next <see cref="Take"/> gives out again.</summary>
    public void Return(int index)
    {
        if (_freeCount == _free.Length)
        {
            Array.Resize(ref _free, Math.Max(64, _free.Length * 2));
        }

        _free[_freeCount++] = index;
    }
}
