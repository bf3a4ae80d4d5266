namespace Consortium.Silo.Membership;

/// <summary>A silo in the membership file.</summary>
internal sealed record FolderMembershipRow(
    string Silo,
    SiloStatus Status,
    int Version,
    int ProxyPort,
    string HostName,
    string SiloName,
    DateTimeOffset StartTime,
    DateTimeOffset IAmAliveTime,
    IReadOnlyList<FolderSuspicion> Suspicions)
{
    public static FolderMembershipRow From(MembershipEntry entry, int version) => new(
        entry.SiloAddress.ToParsableString(),
        entry.Status,
        version,
        entry.ProxyPort,
        entry.HostName,
        entry.SiloName,
        Utc(entry.StartTime),
        Utc(entry.IAmAliveTime),
        [.. (entry.SuspectTimes ?? []).Select(suspicion => new FolderSuspicion(suspicion.Item1.ToParsableString(), Utc(suspicion.Item2)))]);

    public MembershipEntry ToEntry() => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Silo),
        Status = Status,
        ProxyPort = ProxyPort,
        HostName = HostName,
        SiloName = SiloName,
        StartTime = StartTime.UtcDateTime,
        IAmAliveTime = IAmAliveTime.UtcDateTime,
        SuspectTimes = [.. Suspicions.Select(suspicion => Tuple.Create(SiloAddress.FromParsableString(suspicion.By), suspicion.Time.UtcDateTime))],
    };

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
