using Orleans.CodeGeneration;

namespace Consortium.Grains.Diagnostics;

/// <summary>Reports the state of one silo; the key is the silo's address as <see cref="SiloAddress.ToParsableString"/> writes it.</summary>
[Alias("consortium.silo-report")]
[Version(1)]
public interface ISiloReportGrain : IGrainWithStringKey
{
    /// <summary>Reports.</summary>
    /// <returns>The silo's report.</returns>
    [Alias("report")]
    [ResponseTimeout("00:00:05")]
    Task<SiloReport> ReportAsync();
}
