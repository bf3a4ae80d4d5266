namespace Consortium.Simulation.Checkers;

/// <summary>What a read must see: all that was acknowledged to anyone before it began.</summary>
/// <param name="Acknowledgements">How many there were.</param>
internal readonly record struct ReadToken(long Acknowledgements);
