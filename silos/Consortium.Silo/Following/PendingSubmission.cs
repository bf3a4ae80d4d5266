using System.Diagnostics;
using Consortium.Grains.Messages;

namespace Consortium.Silo.Following;

/// <summary>Transactions on their way to consensus.</summary>
internal sealed class PendingSubmission(IReadOnlyList<ReadOnlyMemory<byte>> signed)
{
    public IReadOnlyList<ReadOnlyMemory<byte>> Signed => signed;

    /// <summary>The waiting caller's span; <see langword="default"/> when it is not recorded.</summary>
    public ActivityContext Caller { get; } = Activity.Current is { Recorded: true } span ? span.Context : default;

    public TaskCompletionSource<OrderReply> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
