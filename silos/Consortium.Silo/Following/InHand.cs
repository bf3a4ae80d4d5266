namespace Consortium.Silo.Following;

/// <summary>Counts the requests under way, so that a process that leaves can wait for their end.</summary>
internal sealed class InHand
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _done;
    private int _count;
    private bool _closed;

    /// <summary>Counts a request that begins.</summary>
    /// <returns>Whether the request may begin; never after <see cref="CloseAsync"/>.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            _count += _closed ? 0 : 1;
            return !_closed;
        }
    }

    /// <summary>Counts a request that has ended.</summary>
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

    /// <summary>Lets no further request begin, and waits for those under way.</summary>
    /// <returns>A task that completes when no request is under way.</returns>
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
