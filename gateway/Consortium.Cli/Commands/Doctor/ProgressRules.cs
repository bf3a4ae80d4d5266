using System.Globalization;
using Consortium.Api;

namespace Consortium.Cli.Commands;

/// <summary>Judges whether blocks are sealed and become final at the rate that the network sets.</summary>
internal static class ProgressRules
{
    // Times between blocks are spread like a dice's: one in 20,000 takes ten times the interval.
    private const ulong SealWarningBlocks = 10;
    private const ulong SealFailureBlocks = 30;

    // Networks with shorter intervals than people look at: a pause of some seconds is none.
    private const ulong LagLeastMs = 1_000;

    // Followers are a few batches behind; a thousand are seconds under load.
    private const ulong PositionWarning = 1_000;
    private const ulong PositionFailure = 20_000;
    private const ulong IndexWarningBlocks = 20;

    public static IEnumerable<Finding> Gateway(DoctorResponse report) => report.Status is "ordering" or "following"
        ? [Finding.Ok("gateway", $"It is {report.Status}.")]
        :
        [
            Finding.Failure(
                "gateway",
                $"It is {report.Status}.",
                "A gateway answers requests only while its node orders or follows.",
                report.Status == "starting" ? "The findings below say what it waits for." : "Ask another gateway; start this one again if it does not come back."),
        ];

    public static IEnumerable<Finding> Judge(DoctorResponse report) => [.. Journal(report), Seal(report), Finality(report), Index(report)];

    private static IEnumerable<Finding> Journal(DoctorResponse report)
    {
        if (report.Consensus is not { } consensus)
        {
            return
            [
                Finding.Failure(
                    "journal",
                    $"The sequencer does not answer. The gateway knows of position {report.Position}.",
                    "No transaction is ordered until an activation of consensus has recovered from storage; that takes seconds after a silo left.",
                    "Ask again in ten seconds. If it stays so: silos that run, storage they can reach, and their logs, in this order."),
            ];
        }

        var behind = consensus.Position > report.Position ? consensus.Position - report.Position : 0;
        var what = $"The gateway is at position {report.Position}, consensus at {consensus.Position}.";
        const string why = "Readers of this gateway see what was ordered late, and waits end late.";
        const string action = "See whether the gateway's machine is busy or its way to the silos slow; ask another gateway meanwhile.";
        return
        [
            behind >= PositionFailure ? Finding.Failure("journal", what, why, action)
                : behind >= PositionWarning ? Finding.Warning("journal", what, why, action)
                : Finding.Ok("journal", what),
            Queue(consensus.QueueLength, report.QueueLengthMax),
        ];
    }

    private static Finding Queue(int length, int most)
    {
        var what = $"{length} transactions wait to be ordered; {most} may.";
        return length < most / 5 * 4
            ? Finding.Ok("queue", what)
            : Finding.Warning(
                "queue",
                what,
                "When it is full, submissions are refused as overloaded.",
                "Let senders send less, or see which step is slow: storage, most often (consortium.step.duration).");
    }

    private static Finding Seal(DoctorResponse report)
    {
        var blocks = BlocksSince(report.SealedTimeMs, report);
        var what = Text($"Block {report.SealedHeight} was the last to be sealed, {Seconds(report.SealedTimeMs, report):0.#} s ago: {blocks} blocks' worth.");
        const string why = "What is ordered stays durable, but nobody who waits for sealed or final is answered.";
        const string action = "See that silos with producer keys run and have processor time for hashing (--mining-threads, --mining-duty).";
        return blocks >= Blocks(SealFailureBlocks, report) ? Finding.Failure("sealing", what, why, action)
            : blocks >= Blocks(SealWarningBlocks, report) ? Finding.Warning("sealing", what, why, action)
            : Finding.Ok("sealing", what);
    }

    private static Finding Finality(DoctorResponse report)
    {
        var blocks = BlocksSince(report.FinalTimeMs, report);
        var what = Text($"Block {report.FinalHeight} is the last final one, {Seconds(report.FinalTimeMs, report):0.#} s old: {blocks} blocks' worth, of which {report.FinalityBlocks} bury it.");
        const string why = "Blocks become final when enough work lies on them, so sealing was slow or stood still.";
        const string action = "If sealing goes on, wait: it catches up by itself. Else do what that line says.";
        var expected = (ulong)report.FinalityBlocks;
        return blocks >= (expected * 10) + Blocks(SealFailureBlocks, report) ? Finding.Failure("finality", what, why, action)
            : blocks >= (expected * 3) + Blocks(SealWarningBlocks, report) ? Finding.Warning("finality", what, why, action)
            : Finding.Ok("finality", what);
    }

    private static Finding Index(DoctorResponse report)
    {
        var behind = report.SealedHeight > report.IndexHeight ? report.SealedHeight - report.IndexHeight : 0;
        var what = $"The gateway's index has block {report.IndexHeight} of {report.SealedHeight}.";
        return behind < IndexWarningBlocks
            ? Finding.Ok("index", what)
            : Finding.Warning(
                "index",
                what,
                "What is asked of sealed blocks waits for it.",
                "After a start it catches up by itself. Else see the disk of the gateway's data folder: space, speed.");
    }

    private static double Seconds(ulong timeMs, DoctorResponse report) => report.TimeMs > timeMs ? (report.TimeMs - timeMs) / 1000.0 : 0;

    private static ulong BlocksSince(ulong timeMs, DoctorResponse report) =>
        report.TimeMs > timeMs ? (report.TimeMs - timeMs) / Math.Max(1, report.BlockIntervalMs) : 0;

    private static ulong Blocks(ulong count, DoctorResponse report) =>
        count * Math.Max(report.BlockIntervalMs, LagLeastMs) / Math.Max(1, report.BlockIntervalMs);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
