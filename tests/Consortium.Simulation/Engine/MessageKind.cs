namespace Consortium.Simulation.Engine;

/// <summary>What a call between processes asks for, as the history names it.</summary>
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
