using Consortium.Api;
using Consortium.Client;

namespace Consortium.Cli.Commands;

/// <summary>Members of the state against the silos that run.</summary>
internal static class MembershipRules
{
    private const string Check = "membership";
    private const string Active = "active";

    public static IEnumerable<Finding> Judge(DoctorResponse report)
    {
        if (report.Silos.Count == 0)
        {
            return
            [
                Finding.Failure(
                    Check,
                    "The gateway knows of no silo.",
                    "It could not read the membership table through any silo, so nothing runs or the network between them is cut.",
                    "Start the silos; check the gateway's membership settings and that it may reach their client ports."),
            ];
        }

        return report.Silos is [{ Status: not null, Member: null } only]
            ? [Finding.Ok(Check, $"One process has every role: {Describe(only)}.")]
            : [.. report.Silos.Select(silo => JudgeSilo(silo, report)), .. Missing(report), .. Versions(report)];
    }

    private static Finding JudgeSilo(DoctorSilo silo, DoctorResponse report)
    {
        if (silo.Fault is not null)
        {
            return Finding.Failure(
                Check,
                $"Silo {silo.Address} ({silo.Membership}) did not answer: {silo.Fault}",
                "Membership has it as running; what is placed there waits until it answers or is declared dead.",
                "Look whether its process runs and its silo port can be reached; restart it if not.");
        }

        if (report.Members.FirstOrDefault(member => member.Id == silo.Member) is not { } member)
        {
            return Finding.Failure(
                Check,
                $"Silo {silo.Address} belongs to {silo.Member}, which is no member.",
                "The present state has no such member: it was expelled, or the silo serves another network.",
                "Stop the silo, or have the member admitted.");
        }

        return silo is { Membership: Active, Status: "ordering" or "following" }
            ? Finding.Ok(Check, $"{member.Name}: {Describe(silo)}.")
            : Finding.Warning(
                Check,
                $"{member.Name}: {Describe(silo)}, and {silo.Membership} in membership.",
                "It takes no work while it joins or leaves.",
                "Ask again in a minute; if nothing changes, its log says what it waits for.");
    }

    private static IEnumerable<Finding> Missing(DoctorResponse report) => report.Members
        .Where(member => report.Silos.All(silo => silo.Member != member.Id))
        .Select(member => Finding.Warning(
            Check,
            $"{member.Name} has no silo that answers.",
            "It seals no blocks and holds no shards; the others carry its part.",
            "Start a silo with --member; if one runs, its log says why it is not let in."));

    private static IEnumerable<Finding> Versions(DoctorResponse report)
    {
        string[] versions = [.. report.Silos.Select(silo => silo.Version).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return versions.Length < 2
            ? []
            :
            [
                Finding.Warning(
                    Check,
                    $"Silos run {versions.Length} versions: {string.Join(", ", versions)}.",
                    "That is meant to be so only while an upgrade is rolled out.",
                    "Finish the upgrade, or take it back."),
            ];
    }

    private static string Describe(DoctorSilo silo) =>
        $"silo {silo.Address} is {silo.Status}, version {silo.Version}, started {Timestamps.Text(silo.StartedMs)}";
}
