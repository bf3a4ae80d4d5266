using Consortium.Gateway.Errors;
using Consortium.Ledger;
using Consortium.Node;

namespace Consortium.Gateway.Hosting;

/// <summary>The node that answers, once it has started.</summary>
public sealed class NodeSource
{
    private readonly TaskCompletionSource<ILedgerNode> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile ILedgerNode? _node;

    /// <summary>The node, whatever its status, or <see langword="null"/> while it recovers.</summary>
    public ILedgerNode? Current => _node;

    /// <summary>The node, ordering or following.</summary>
    /// <exception cref="RefusalException">The node does not serve.</exception>
    public ILedgerNode Serving
    {
        get
        {
            var status = Current?.Status ?? NodeStatus.Starting;
            return status is NodeStatus.Ordering or NodeStatus.Following && Current is { } node
                ? node
                : throw new RefusalException(Refusal.NotServing, $"The node is {status.ToString().ToLowerInvariant()}.");
        }
    }

    /// <summary>Says which node answers from now on.</summary>
    /// <param name="node">The node.</param>
    public void Set(ILedgerNode node)
    {
        _node = node;
        _started.TrySetResult(node);
    }

    /// <summary>Waits for the node.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The node.</returns>
    public Task<ILedgerNode> WaitAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(cancellationToken);
}
