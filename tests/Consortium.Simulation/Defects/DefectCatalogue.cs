namespace Consortium.Simulation.Defects;

/// <summary>The planted defects, by name.</summary>
internal static class DefectCatalogue
{
    /// <summary>Every defect and the checkers that may find it first.</summary>
    public static IReadOnlyList<DefectEntry> All { get; } = [];

    /// <summary>Makes a defect for one run.</summary>
    /// <param name="name">Its name, or <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Defect Make(string? name) => name is null
        ? new Defect()
        : (All.FirstOrDefault(entry => entry.Name == name)
            ?? throw new ArgumentException($"'{name}' is not a planted defect. There are: {string.Join(", ", All.Select(entry => entry.Name))}.", nameof(name)))
            .Make();
}
