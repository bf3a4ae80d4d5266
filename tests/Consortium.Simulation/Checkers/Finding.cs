namespace Consortium.Simulation.Checkers;

/// <summary>A checker's finding.</summary>
internal sealed record Finding(string Checker, string Detail);
