using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Node;
using Consortium.Ledger;

namespace Consortium.Gateway.Hosting;

/// <summary>Holds the node that answers requests, from the moment it has started.</summary>
/// <param name="timeProvider">Paces waiting.</param>
public sealed class NodeSource(TimeProvider timeProvider)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly TaskCompletionSource<ILedgerNode> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile ILedgerNode? _node;

    /// <summary>The node in any status, or <see langword="null"/> while the process recovers.</summary>
    public ILedgerNode? Current => _node;

    /// <summary>The node's status; starting while there is none.</summary>
    public NodeStatus Status => Current?.Status ?? NodeStatus.Starting;

    /// <summary>The node, ordering or following.</summary>
    /// <exception cref="RefusalException">The node does not serve.</exception>
    public ILedgerNode Serving
    {
        get
        {
            var status = Status;
            return status is NodeStatus.Ordering or NodeStatus.Following && Current is { } node
                ? node
                : throw new RefusalException(Refusal.NotServing, $"The node is {EnumText.Write(status)}: {Meaning(status)}");
        }
    }

    private static string Meaning(NodeStatus status) => status switch
    {
        NodeStatus.Starting => "it recovers from storage, or looks for the sequencer. It answers when it has caught up.",
        NodeStatus.Draining => "it finishes what is in hand and leaves. Ask another gateway, or this one when it is back.",
        NodeStatus.Stopped => "it does not come back by itself. Its log says why; start it again, or ask another gateway.",
        NodeStatus.Ordering or NodeStatus.Following => "it answers.",
    };

    /// <summary>Sets the node that answers requests from now on.</summary>
    /// <param name="node">The node.</param>
    public void Set(ILedgerNode node)
    {
        _node = node;
        _started.TrySetResult(node);
    }

    /// <summary>Waits until the node answers requests.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The node, ordering or following.</returns>
    public async Task<ILedgerNode> WaitUntilServingAsync(CancellationToken cancellationToken)
    {
        var node = await _started.Task.WaitAsync(cancellationToken);
        while (node.Status == NodeStatus.Starting)
        {
            await Task.Delay(LookAgain, timeProvider, cancellationToken);
        }

        return node;
    }
}
