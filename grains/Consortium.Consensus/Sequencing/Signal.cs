namespace Consortium.Consensus.Sequencing;

/// <summary>Wakes one waiter. A waiter that comes after it was set does not wait.</summary>
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
        // Only the task's end counts here; its exception belongs to those who await the task itself.
        await task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        Set();
    }

    /// <summary>Waits until it is set, and takes it back.</summary>
    public async Task WaitAsync()
    {
        await _set.Task;
        lock (_lock)
        {
            _set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
