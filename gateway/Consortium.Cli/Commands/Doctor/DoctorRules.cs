using Consortium.Api;

namespace Consortium.Cli.Commands;

/// <summary>Judges a network by the answers of its parts.</summary>
internal static class DoctorRules
{
    /// <summary>Judges.</summary>
    /// <param name="report">The facts that the gateway collected.</param>
    /// <param name="gatewaySkew">How far the gateway's clock is ahead of this machine's.</param>
    /// <param name="uncertainty">Most by which that difference may be wrong.</param>
    /// <returns>At least one finding per check, in a fixed order.</returns>
    public static IReadOnlyList<Finding> Judge(DoctorResponse report, TimeSpan gatewaySkew, TimeSpan uncertainty) =>
    [
        .. ProgressRules.Gateway(report),
        .. MembershipRules.Judge(report),
        .. ClockRules.Judge(report, gatewaySkew, uncertainty),
        .. CertificateRules.Judge(report),
        .. ProgressRules.Judge(report),
        .. ShardRules.Judge(report),
    ];
}
