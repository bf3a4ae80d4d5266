namespace Consortium.Grains.Diagnostics;

/// <summary>Knows what a silo can say of itself; each silo adds one.</summary>
public interface ISiloReporter
{
    /// <summary>Reports, as things are now. Safe for use by any number of threads.</summary>
    /// <returns>The report.</returns>
    SiloReport Report();
}
