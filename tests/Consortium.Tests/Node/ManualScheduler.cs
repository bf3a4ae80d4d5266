namespace Consortium.Tests.Node;

/// <summary>Runs tasks when it is told to, on the thread that tells it.</summary>
internal sealed class ManualScheduler : TaskScheduler
{
    private readonly Queue<Task> _waiting = new();

    /// <summary>Runs all that waits.</summary>
    /// <returns>How many tasks that were.</returns>
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
