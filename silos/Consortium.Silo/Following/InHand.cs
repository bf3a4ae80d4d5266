namespace Consortium.Silo.Following;

/// <summary>Counts what is in hand, so that leaving can wait for it.</summary>
internal sealed class InHand
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _done;
    private int _count;
    private bool _closed;

    /// <summary>Takes something in hand.</summary>
    /// <returns>Whether it may be; after <see cref="CloseAsync"/> it may not.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            _count += _closed ? 0 : 1;
            return !_closed;
        }
    }

    /// <summary>Tells that something is done.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_count == 0)
            {
                _done?.TrySetResult();
            }
        }
    }

    /// <summary>Takes nothing any more, and waits for what is in hand.</summary>
    /// <returns>A task that completes when nothing is.</returns>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            _done ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_count == 0)
            {
                _done.TrySetResult();
            }

            return _done.Task;
        }
    }
}
