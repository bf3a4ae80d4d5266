namespace Consortium.Ledger;

/// <summary>The code is wrong: the process must stop, because nothing it would write next can be trusted.</summary>
/// <param name="expression">The expression that should have been true.</param>
public sealed class InvariantBrokenException(string expression)
    : Exception($"The ledger broke its own rule: {expression}. The process must stop; restart it, and report this line with the log if it happens again.");
