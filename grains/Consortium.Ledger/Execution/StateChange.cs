using Consortium.Ledger.State;

namespace Consortium.Ledger.Execution;

/// <summary>One value replaced by an accepted transaction.</summary>
/// <param name="Key">The key whose value is replaced.</param>
/// <param name="Value">The new value; state is never deleted.</param>
public readonly record struct StateChange(StateKey Key, StateValue Value);
