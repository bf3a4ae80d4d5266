namespace Consortium.Grains.Diagnostics;

/// <summary>Makes the report of the silo that this process is; the silo program registers one.</summary>
public interface ISiloReporter
{
    /// <summary>Reports the present state. Safe for use by any number of threads.</summary>
    /// <returns>The report.</returns>
    SiloReport Report();
}
