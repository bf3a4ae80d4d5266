namespace Consortium.Consensus.Sequencing;

/// <summary>Wakes the one who waits; set before the waiting, it wakes at once.</summary>
/// <remarks>
/// Awaited directly, by one at a time: <c>Task.WhenAny</c> and <c>Task.WaitAsync</c> over a task that completes asynchronously
/// would go through the thread pool, and no engine could decide what happens when.
/// </remarks>
internal sealed class Signal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes whoever waits, or the next who does.</summary>
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
        // Whoever looks at the task meets its exception; here only its end counts.
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
