namespace Consortium.Ledger.Execution;

/// <summary>One value that a failed rule compared.</summary>
/// <param name="Name">Name of the value as SPEC.md section 9 lists it, for example <c>account</c>.</param>
/// <param name="Value">Its value, as the API writes it.</param>
public readonly record struct RejectionInput(string Name, string Value);
