using System.Diagnostics.CodeAnalysis;

namespace Consortium.Client.Verification;

/// <summary>Bounds the bytes that are held between a reader of the file and the tasks that use the records.</summary>
/// <remarks>One thread takes; any may give back. A record larger than the whole budget passes when nothing else is held.</remarks>
/// <param name="bytesMax">The bound.</param>
internal sealed class ByteBudget(long bytesMax)
{
    private readonly Lock _gate = new();
    private long _held;
    private TaskCompletionSource? _waiting;

    public async ValueTask TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        while (!TryTake(bytes, out var returned))
        {
            await returned.Task.WaitAsync(cancellationToken);
        }
    }

    public void GiveBack(int bytes)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _held -= bytes;
            (waiting, _waiting) = (_waiting, null);
        }

        waiting?.SetResult();
    }

    private bool TryTake(int bytes, [NotNullWhen(false)] out TaskCompletionSource? returned)
    {
        lock (_gate)
        {
            if (_held == 0 || _held + bytes <= bytesMax)
            {
                _held += bytes;
                returned = null;
                return true;
            }

            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            returned = _waiting;
            return false;
        }
    }
}
