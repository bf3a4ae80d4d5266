namespace Consortium.Simulation.Defects;

/// <summary>A planted defect as the catalogue lists it.</summary>
/// <param name="Name">As the command line and the README call it.</param>
/// <param name="Checkers">The checkers that may find it first.</param>
/// <param name="Make">Makes it for one run.</param>
internal sealed record DefectEntry(string Name, IReadOnlyList<string> Checkers, Func<Defect> Make);
