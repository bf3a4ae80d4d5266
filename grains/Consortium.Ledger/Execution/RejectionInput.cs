namespace Consortium.Ledger.Execution;

/// <summary>Something a failed rule looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value, as the API writes it.</param>
public readonly record struct RejectionInput(string Name, string Value);
