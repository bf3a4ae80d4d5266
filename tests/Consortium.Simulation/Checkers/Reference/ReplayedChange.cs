using Consortium.Ledger.State;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>What one batch did to one key.</summary>
internal readonly record struct ReplayedChange(StateKey Key, StateValue? Before, StateValue After);
