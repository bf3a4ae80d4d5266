namespace Consortium.Tests.Node;

/// <summary>Runs queued tasks when a test says so, on the test's thread.</summary>
internal sealed class ManualScheduler : TaskScheduler
{
    private readonly Queue<Task> _waiting = new();

    /// <summary>Runs all that waits.</summary>
    /// <returns>The number of tasks that were run.</returns>
    public int RunAll()
    {
        var count = 0;
        for (; _waiting.TryDequeue(out var task); count++)
        {
            TryExecuteTask(task);
        }

        return count;
    }

    protected override void QueueTask(Task task) => _waiting.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;
}
