namespace Consortium.Tests.Storage.Segments;

/// <summary>Keeps one of several racing writers from writing everything: a writer that has won waits until another one wins.</summary>
internal sealed class Turns
{
    private const int WinsInARow = 7;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, TaskCompletionSource> _waiting = [];
    private int _last = -1;
    private int _row;

    /// <summary>Records that a writer has won, and waits for its next turn.</summary>
    /// <returns>A task that completes when the writer may go on.</returns>
    public Task WonAsync(int writer)
    {
        lock (_lock)
        {
            foreach (var other in _waiting.Keys.Where(other => other != writer).ToArray())
            {
                _waiting.Remove(other, out var released);
                released!.SetResult();
            }

            (_row, _last) = (writer == _last ? _row + 1 : 1, writer);
            return _row < WinsInARow
                ? Task.CompletedTask
                : (_waiting[writer] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
