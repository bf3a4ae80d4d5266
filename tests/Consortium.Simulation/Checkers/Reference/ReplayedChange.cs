using Consortium.Ledger.State;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>The change of one key by one batch.</summary>
internal readonly record struct ReplayedChange(StateKey Key, StateValue? Before, StateValue After);
