namespace Consortium.Simulation.Engine;

/// <summary>The kinds of call between processes, as the history names them.</summary>
internal enum MessageKind
{
    Other,
    Request,
    Order,
    Read,
    Query,
    Restore,
    Open,
    Gather,
    Apply,
    Cut,
    Export,
    Prove,
    Seal,
}
