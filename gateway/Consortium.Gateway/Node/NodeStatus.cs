namespace Consortium.Gateway.Node;

/// <summary>Whether a node serves.</summary>
public enum NodeStatus
{
    /// <summary>Recovering from storage.</summary>
    Starting = 0,

    /// <summary>Ordering and answering.</summary>
    Ordering = 1,

    /// <summary>Finishing the requests under way before the process leaves; new ones are refused.</summary>
    Draining = 2,

    /// <summary>Stopped, or failed: the log says why.</summary>
    Stopped = 3,

    /// <summary>Answering; another silo orders.</summary>
    Following = 4,
}
