using Consortium.Api;
using Consortium.Cli.Commands;

namespace Consortium.Tests.Cli;

/// <summary>A network that is well, and ways to be unwell.</summary>
public sealed class DoctorRuleTests
{
    private const ulong Now = 1_800_000_000_000;
    private const long DayMs = 86_400_000;

    private static readonly DoctorResponse Well = new(
        "network",
        "following",
        Now,
        ElapsedMs: 12,
        Position: 500,
        SealedHeight: 90,
        SealedTimeMs: Now - 900,
        FinalHeight: 84,
        FinalTimeMs: Now - 7_000,
        IndexHeight: 90,
        QueueLengthMax: 20_000,
        BlockIntervalMs: 1_000,
        FinalityBlocks: 6,
        [new DoctorMember("mem1a", "Alder Bank"), new DoctorMember("mem1b", "Birch Bank")],
        [Silo("S1", "mem1a", "ordering"), Silo("S2", "mem1b", "following")],
        [new DoctorShard(0, 3, 499), new DoctorShard(1, 5, 0)],
        new DoctorConsensus(7, 502, 90, 84, 10));

    /// <summary>Faults of a network, each with the check that must report it and the level.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "gateway starts", "gateway", "failure" },
        { "gateway drains", "gateway", "failure" },
        { "no silos", "membership", "failure" },
        { "silo silent", "membership", "failure" },
        { "silo of nobody", "membership", "failure" },
        { "silo joining", "membership", "warning" },
        { "silo node starting", "membership", "warning" },
        { "member without silo", "membership", "warning" },
        { "two versions", "membership", "warning" },
        { "silo clock a second ahead", "clocks", "warning" },
        { "silo clock a minute behind", "clocks", "failure" },
        { "certificate lasts 5 days", "certificates", "warning" },
        { "certificate expired", "certificates", "failure" },
        { "nobody orders", "journal", "failure" },
        { "gateway behind", "journal", "warning" },
        { "gateway far behind", "journal", "failure" },
        { "queue nearly full", "queue", "warning" },
        { "no seal for 15 blocks", "sealing", "warning" },
        { "no seal for an hour", "sealing", "failure" },
        { "finality late", "finality", "warning" },
        { "finality stands", "finality", "failure" },
        { "index behind", "index", "warning" },
        { "shard silent", "shards", "failure" },
    };

    private static readonly Dictionary<string, Func<DoctorResponse, DoctorResponse>> Break = new(StringComparer.Ordinal)
    {
        ["gateway starts"] = well => well with { Status = "starting" },
        ["gateway drains"] = well => well with { Status = "draining" },
        ["no silos"] = well => well with { Silos = [] },
        ["silo silent"] = well => well with { Silos = [well.Silos[0], new DoctorSilo("S2", "active", Now, Fault: "It did not answer in time."), Silo("S3", "mem1b", "following")] },
        ["silo of nobody"] = well => well with { Silos = [.. well.Silos, Silo("S3", "mem1z", "following")] },
        ["silo joining"] = well => With(well, silo => silo with { Membership = "joining" }),
        ["silo node starting"] = well => With(well, silo => silo with { Status = "starting" }),
        ["member without silo"] = well => well with { Silos = [well.Silos[0]] },
        ["two versions"] = well => With(well, silo => silo with { Version = "2" }),
        ["silo clock a second ahead"] = well => With(well, silo => silo with { ClockSkewMs = 1_000 }),
        ["silo clock a minute behind"] = well => With(well, silo => silo with { ClockSkewMs = -60_000 }),
        ["certificate lasts 5 days"] = well => With(well, silo => silo with { CertificateExpiresMs = (long)Now + (5 * DayMs) }),
        ["certificate expired"] = well => With(well, silo => silo with { CertificateExpiresMs = (long)Now - 1 }),
        ["nobody orders"] = well => well with { Consensus = null },
        ["gateway behind"] = well => well with { Consensus = well.Consensus! with { Position = 1_500 } },
        ["gateway far behind"] = well => well with { Consensus = well.Consensus! with { Position = 20_500 } },
        ["queue nearly full"] = well => well with { Consensus = well.Consensus! with { QueueLength = 16_000 } },
        ["no seal for 15 blocks"] = well => well with { SealedTimeMs = Now - 15_000 },
        ["no seal for an hour"] = well => well with { SealedTimeMs = Now - 3_600_000 },
        ["finality late"] = well => well with { FinalTimeMs = Now - 28_000 },
        ["finality stands"] = well => well with { FinalTimeMs = Now - 90_000 },
        ["index behind"] = well => well with { IndexHeight = 70 },
        ["shard silent"] = well => well with { Shards = [well.Shards[0], new DoctorShard(1, 3_000, Fault: "It did not answer within 3 s.")] },
    };

    [Fact]
    public void A_network_that_is_well_has_only_good_findings_one_at_least_per_check()
    {
        var findings = Judge(Well);
        Assert.All(findings, finding => Assert.Equal((finding.What, FindingLevel.Ok), (finding.What, finding.Level)));
        string[] checks = ["gateway", "membership", "clocks", "certificates", "journal", "queue", "sealing", "finality", "index", "shards"];
        Assert.Equal(checks, findings.Select(finding => finding.Check).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_broken_is_the_only_thing_found(string broken, string check, string level)
    {
        var bad = Judge(Break[broken](Well)).Where(finding => finding.Level != FindingLevel.Ok).ToList();
        var found = Assert.Single(bad);
        Assert.Equal((check, level), (found.Check, EnumText.Write(found.Level)));
        Assert.False(string.IsNullOrEmpty(found.Why));
        Assert.False(string.IsNullOrEmpty(found.Action));
    }

    [Fact]
    public void Every_way_to_be_unwell_is_tried() =>
        Assert.Equal(Break.Keys.Order(StringComparer.Ordinal), ((IEnumerable<object[]>)Cases).Select(row => (string)row[0]).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [Theory]
    [InlineData(499, 0, "ok")]
    [InlineData(500, 0, "warning")]
    [InlineData(-5_000, 0, "failure")]
    [InlineData(5_000, 4_600, "ok")]
    public void A_clock_is_held_against_a_machine_only_as_far_as_the_way_does_not_explain_it(int skewMs, int uncertaintyMs, string level)
    {
        var finding = Assert.Single(
            DoctorRules.Judge(Well, TimeSpan.FromMilliseconds(skewMs), TimeSpan.FromMilliseconds(uncertaintyMs)),
            finding => finding.What.StartsWith("The gateway's clock", StringComparison.Ordinal));
        Assert.Equal(level, EnumText.Write(finding.Level));
    }

    [Fact]
    public void The_gateways_clock_is_measured_by_the_way_back_not_by_how_long_it_asked_others()
    {
        var asked = DateTimeOffset.FromUnixTimeMilliseconds((long)Now);
        var (skew, uncertainty) = DoctorCommand.Skew(asked, asked.AddMilliseconds(3_020), Well with { TimeMs = Now + 3_010, ElapsedMs = 3_000 });
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMilliseconds(10)), (skew, uncertainty));
    }

    [Fact]
    public void One_process_with_every_role_has_no_member_to_be_missed_and_no_certificate_to_expire()
    {
        var findings = Judge(Well with { Silos = [Silo("machine", "mem1a", "ordering") with { Member = null, CertificateExpiresMs = null }] });
        Assert.All(findings, finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        Assert.Contains(findings, finding => finding.What.StartsWith("One process has every role", StringComparison.Ordinal));
    }

    [Fact]
    public void Blocks_faster_than_a_second_do_not_make_a_pause_of_some_seconds_a_failure()
    {
        var fast = Well with { BlockIntervalMs = 40, SealedTimeMs = Now - 9_000, FinalTimeMs = Now - 9_000 };
        Assert.All(Judge(fast), finding => Assert.Equal((finding.What, FindingLevel.Ok), (finding.What, finding.Level)));
        Assert.Contains(Judge(fast with { SealedTimeMs = Now - 31_000 }), finding => finding is { Check: "sealing", Level: FindingLevel.Failure });
    }

    private static IReadOnlyList<Finding> Judge(DoctorResponse report) => DoctorRules.Judge(report, TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(5));

    private static DoctorSilo Silo(string address, string member, string status) =>
        new(address, "active", Now - 10_000, member, status, "1", 4, 2, (long)Now + (60 * DayMs));

    private static DoctorResponse With(DoctorResponse well, Func<DoctorSilo, DoctorSilo> change) =>
        well with { Silos = [well.Silos[0], change(well.Silos[1])] };
}
