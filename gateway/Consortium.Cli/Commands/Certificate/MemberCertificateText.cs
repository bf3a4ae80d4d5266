using System.Globalization;
using System.Text.Json.Nodes;
using Consortium.Api.Certificates;
using Consortium.Client;

namespace Consortium.Cli.Commands;

/// <summary>Prints a silo's certificate.</summary>
internal static class MemberCertificateText
{
    public static JsonObject ToJson(string file, MemberCertificate certificate, DateTimeOffset now) => new()
    {
        ["file"] = file,
        ["silo"] = certificate.Silo,
        ["member"] = certificate.Member.ToString(),
        ["network"] = certificate.Network.ToString(),
        ["notBeforeMs"] = certificate.NotBefore.ToUnixTimeMilliseconds(),
        ["notAfterMs"] = certificate.NotAfter.ToUnixTimeMilliseconds(),
        ["daysLeft"] = certificate.DaysLeft(now),
        ["fingerprint"] = certificate.Fingerprint.ToString(),
        ["publicKey"] = certificate.Key?.ToString(),
    };

    public static List<(string Name, string Value)> Facts(string file, MemberCertificate certificate, DateTimeOffset now) =>
    [
        ("Certificate", file),
        ("Silo", certificate.Silo),
        ("Member", certificate.Member.ToString()),
        ("Network", certificate.Network.ToString()),
        ("Valid from", Time(certificate.NotBefore)),
        ("Valid until", Time(certificate.NotAfter)),
        ("Days left", certificate.DaysLeft(now).ToString(CultureInfo.InvariantCulture)),
        ("Fingerprint", $"{certificate.Fingerprint} (SHA-256)"),
        ("Public key", certificate.Key?.ToString() ?? "not on P-256"),
    ];

    // X.509 knows years before 1970, which the ledger's clock does not.
    private static string Time(DateTimeOffset time) => Timestamps.Text((ulong)Math.Max(0, time.ToUnixTimeMilliseconds()));
}
