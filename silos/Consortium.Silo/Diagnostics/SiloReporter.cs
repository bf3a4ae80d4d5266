using System.Security.Cryptography.X509Certificates;
using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Grains.Diagnostics;
using Consortium.Ledger.Ids;
using Consortium.Node.Diagnostics;

namespace Consortium.Silo.Diagnostics;

/// <summary>Says how this silo is.</summary>
/// <param name="member">The member that runs it.</param>
/// <param name="certificate">PEM file with its member certificate, or <see langword="null"/> without one.</param>
/// <param name="nodes">Its node.</param>
/// <param name="timeProvider">Its clock.</param>
internal sealed class SiloReporter(MemberId member, string? certificate, NodeSource nodes, TimeProvider timeProvider) : ISiloReporter
{
    /// <inheritdoc/>
    public SiloReport Report() => new(
        member.ToString(),
        EnumText.Write(nodes.Status),
        ProgramVersion.Text,
        timeProvider.GetUtcNow(),
        certificate is null ? null : ExpiryOf(certificate));

    // Read anew each time: a certificate is rotated by replacing its file.
    private static DateTimeOffset ExpiryOf(string path)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
        return certificate.NotAfter;
    }
}
