using Orleans.CodeGeneration;

namespace Consortium.Grains.Diagnostics;

/// <summary>Lets a silo say how it is; the key is the silo's address as <see cref="SiloAddress.ToParsableString"/> writes it.</summary>
[Alias("consortium.silo-report")]
[Version(1)]
public interface ISiloReportGrain : IGrainWithStringKey
{
    /// <summary>Reports.</summary>
    /// <returns>What the silo says of itself.</returns>
    [Alias("report")]
    [ResponseTimeout("00:00:05")]
    Task<SiloReport> ReportAsync();
}
