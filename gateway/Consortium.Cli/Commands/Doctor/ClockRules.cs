using System.Globalization;
using Consortium.Api;

namespace Consortium.Cli.Commands;

/// <summary>Clocks against each other.</summary>
internal static class ClockRules
{
    private const string Check = "clocks";
    private const string Why = "Batches carry the sequencer's time; transactions, certificates and rights begin and end by it.";
    private const string Action = "Let that machine follow a time server (NTP), and see that it reaches one.";

    // Machines that follow a time server differ by milliseconds.
    private static readonly TimeSpan WarningFrom = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FailureFrom = TimeSpan.FromSeconds(5);

    public static IEnumerable<Finding> Judge(DoctorResponse report, TimeSpan gatewaySkew, TimeSpan uncertainty) =>
    [
        Judge("The gateway's clock", "this machine's", gatewaySkew, uncertainty),
        .. report.Silos
            .Where(silo => silo is { ClockSkewMs: not null, ClockUncertaintyMs: not null, Member: not null })
            .Select(silo => Judge(
                $"The clock of silo {silo.Address}",
                "the gateway's",
                TimeSpan.FromMilliseconds(silo.ClockSkewMs!.Value),
                TimeSpan.FromMilliseconds(silo.ClockUncertaintyMs!.Value))),
    ];

    private static Finding Judge(string whose, string other, TimeSpan skew, TimeSpan uncertainty)
    {
        // A difference that the time on the network may explain is not reported.
        var atLeast = skew.Duration() - uncertainty;
        var direction = skew < TimeSpan.Zero ? "behind" : "ahead of";
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{whose} is {skew.Duration().TotalSeconds:0.###} s {direction} {other} (± {uncertainty.TotalSeconds:0.###} s).");
        return atLeast >= FailureFrom ? Finding.Failure(Check, what, Why, Action)
            : atLeast >= WarningFrom ? Finding.Warning(Check, what, Why, Action)
            : Finding.Ok(Check, what);
    }
}
