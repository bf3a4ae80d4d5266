namespace Consortium.Simulation.Checkers;

/// <summary>The acknowledgements that a read must include: all that any client got before the read began.</summary>
/// <param name="Acknowledgements">Number of acknowledgements by then.</param>
internal readonly record struct ReadToken(long Acknowledgements);
