namespace Consortium.Simulation.Engine;

/// <summary>Started timers by the moment they are due, then in the order they were started: a heap of four children.</summary>
internal sealed class TimerQueue
{
    private Entry[] _heap = new Entry[256];
    private long _sequence;

    public int Count { get; private set; }

    /// <summary>When the first is due; only when there is one.</summary>
    public long FirstTicks => _heap[0].DueTicks;

    public void Add(VirtualTimer timer, long dueTicks)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, _heap.Length * 2);
        }

        Rise(Count++, new Entry(dueTicks, _sequence++, timer));
    }

    public void Remove(VirtualTimer timer)
    {
        var place = timer.Place;
        if (place < 0)
        {
            return;
        }

        timer.Place = -1;
        var last = _heap[--Count];
        _heap[Count] = default;
        if (place == Count)
        {
            return;
        }

        if (place > 0 && last.IsBefore(_heap[(place - 1) / 4]))
        {
            Rise(place, last);
        }
        else
        {
            Sink(place, last);
        }
    }

    public VirtualTimer TakeFirst()
    {
        var timer = _heap[0].Timer;
        Remove(timer);
        return timer;
    }

    private void Rise(int place, in Entry entry)
    {
        while (place > 0)
        {
            var parent = (place - 1) / 4;
            if (!entry.IsBefore(_heap[parent]))
            {
                break;
            }

            Put(place, _heap[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(int place, in Entry entry)
    {
        while (true)
        {
            var child = (place * 4) + 1;
            if (child >= Count)
            {
                break;
            }

            var least = child;
            var end = Math.Min(child + 4, Count);
            for (var i = child + 1; i < end; i++)
            {
                if (_heap[i].IsBefore(_heap[least]))
                {
                    least = i;
                }
            }

            if (!_heap[least].IsBefore(entry))
            {
                break;
            }

            Put(place, _heap[least]);
            place = least;
        }

        Put(place, entry);
    }

    private void Put(int place, in Entry entry)
    {
        _heap[place] = entry;
        entry.Timer.Place = place;
    }

    private readonly record struct Entry(long DueTicks, long Sequence, VirtualTimer Timer)
    {
        public bool IsBefore(in Entry other) =>
            DueTicks < other.DueTicks || (DueTicks == other.DueTicks && Sequence < other.Sequence);
    }
}
