using Consortium.Grains.Messages;

namespace Consortium.Silo.Following;

/// <summary>Transactions on their way to consensus.</summary>
internal sealed class PendingSubmission(IReadOnlyList<ReadOnlyMemory<byte>> signed)
{
    public IReadOnlyList<ReadOnlyMemory<byte>> Signed => signed;

    public TaskCompletionSource<OrderReply> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
