using System.Globalization;
using Consortium.Api;
using Consortium.Client;

namespace Consortium.Cli.Commands;

/// <summary>Judges the days that the silos' certificates have left.</summary>
internal static class CertificateRules
{
    private const string Check = "certificates";
    private const long DayMs = 86_400_000;

    // Time to issue one and to have it carried to the silo within working days.
    private const long WarningDays = 14;

    public static IEnumerable<Finding> Judge(DoctorResponse report) => report.Silos
        .Where(silo => silo is { Status: not null, Member: not null })
        .Select(silo => silo.CertificateExpiresMs is { } expires
            ? Judge(silo, expires, (expires - (long)report.TimeMs) / DayMs, isExpired: expires <= (long)report.TimeMs)
            : Finding.Ok(Check, $"Silo {silo.Address} has no certificate: it is reached on its own machine only."));

    private static Finding Judge(DoctorSilo silo, long expires, long days, bool isExpired)
    {
        var at = Timestamps.Text((ulong)Math.Max(0, expires));
        if (isExpired)
        {
            return Finding.Failure(
                Check,
                $"The certificate of silo {silo.Address} expired at {at}.",
                "No other silo lets it in any more; its open connections are ended.",
                "Issue another with 'consortium certificate issue', and put it in the place of the old one: the silo takes it over within seconds, without a restart.");
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"The certificate of silo {silo.Address} lasts {days} more days, until {at}.");
        return days < WarningDays
            ? Finding.Warning(
                Check,
                what,
                "After that no other silo lets it in.",
                "Issue another with 'consortium certificate issue', and put it in the place of the old one: the silo takes it over within seconds, without a restart.")
            : Finding.Ok(Check, what);
    }
}
