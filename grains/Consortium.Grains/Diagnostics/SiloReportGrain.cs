using Consortium.Grains.Placement;

namespace Consortium.Grains.Diagnostics;

/// <summary>The shell of a silo's reporter.</summary>
/// <param name="reporter">The reporter of the silo that this activation is on.</param>
[SiloPlacement]
[GrainType("consortium.silo-report")]
public sealed class SiloReportGrain(ISiloReporter reporter) : Grain, ISiloReportGrain
{
    /// <inheritdoc/>
    public Task<SiloReport> ReportAsync() => Task.FromResult(reporter.Report());
}
