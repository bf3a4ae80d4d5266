namespace Consortium.Consensus.Sequencing;

/// <summary>Wakes every waiting task each time it fires.</summary>
/// <remarks>Every waiting task awaits a task of its own directly; <see cref="Signal"/> says why.</remarks>
internal sealed class Pulse
{
    private readonly Lock _lock = new();
    private List<TaskCompletionSource> _waiters = [];

    /// <summary>Waits for the next <see cref="Fire"/> after this call.</summary>
    /// <exception cref="OperationCanceledException">Waiting was stopped.</exception>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiters.Add(waiter);
        }

        using var stop = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token),
            waiter);
        try
        {
            await waiter.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }

            throw;
        }
    }

    /// <summary>Wakes the tasks that wait now; later ones wait for the next call.</summary>
    public void Fire()
    {
        List<TaskCompletionSource> waiters;
        lock (_lock)
        {
            if (_waiters.Count == 0)
            {
                return;
            }

            (waiters, _waiters) = (_waiters, []);
        }

        foreach (var waiter in waiters)
        {
            waiter.TrySetResult();
        }
    }
}
