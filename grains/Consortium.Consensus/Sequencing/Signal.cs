namespace Consortium.Consensus.Sequencing;

/// <summary>Lets one task wait for an event. An event that came before the wait is not lost: the wait then ends at once.</summary>
/// <remarks>
/// Awaited directly, by one at a time: <c>Task.WhenAny</c> and <c>Task.WaitAsync</c> over a task that completes asynchronously
/// would go through the thread pool, and no engine could decide what happens when.
/// </remarks>
internal sealed class Signal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes the waiter, or the next one to come.</summary>
    public void Set()
    {
        lock (_lock)
        {
            _set.TrySetResult();
        }
    }

    /// <summary>Sets the signal when a task has ended, however it ended.</summary>
    public async Task SetAfterAsync(Task task)
    {
        // Only the end of the task counts here; its exception goes to the code that awaits the task itself.
        await task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        Set();
    }

    /// <summary>Waits until the signal is set, and resets it.</summary>
    public async Task WaitAsync()
    {
        await _set.Task;
        lock (_lock)
        {
            _set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
