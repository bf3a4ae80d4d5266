namespace Consortium.Simulation.Engine;

/// <summary>Ready work, first in first out, from which an item may be taken out of turn.</summary>
internal sealed class ReadyQueue
{
    private ReadyItem[] _items = new ReadyItem[256];
    private int _head;

    public int Count { get; private set; }

    public void Add(in ReadyItem item)
    {
        if (Count == _items.Length)
        {
            var grown = new ReadyItem[_items.Length * 2];
            for (var i = 0; i < Count; i++)
            {
                grown[i] = At(i);
            }

            (_items, _head) = (grown, 0);
        }

        At(Count) = item;
        Count++;
    }

    /// <summary>Takes the item at a place; the others keep their order.</summary>
    public ReadyItem Take(int place)
    {
        var taken = At(place);
        for (var i = place; i > 0; i--)
        {
            At(i) = At(i - 1);
        }

        At(0) = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return taken;
    }

    private ref ReadyItem At(int place) => ref _items[(_head + place) & (_items.Length - 1)];
}
