namespace Consortium.Grains.Diagnostics;

/// <summary>The state of a silo as it reports it itself; <c>consortium doctor</c> collects these.</summary>
/// <param name="Member">The member that runs it, its id as text; <see langword="null"/> of a silo that stands for several.</param>
/// <param name="Status">Its node's status, in lower case.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Clock">Its clock, UTC.</param>
/// <param name="CertificateExpires">The last moment of its member certificate, UTC; <see langword="null"/> without one.</param>
[GenerateSerializer]
[Alias("consortium.silo-report-answer")]
[Immutable]
public sealed record SiloReport(
    [property: Id(0)] string? Member,
    [property: Id(1)] string Status,
    [property: Id(2)] string Version,
    [property: Id(3)] DateTimeOffset Clock,
    [property: Id(4)] DateTimeOffset? CertificateExpires);
