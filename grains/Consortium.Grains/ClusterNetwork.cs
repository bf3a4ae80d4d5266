using Consortium.Ledger.Blocks;

namespace Consortium.Grains;

/// <summary>The network that a cluster serves; every silo and gateway of it is given the same genesis.</summary>
/// <param name="Genesis">The genesis.</param>
public sealed record ClusterNetwork(Genesis Genesis);
