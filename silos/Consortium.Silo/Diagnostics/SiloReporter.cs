using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node.Diagnostics;
using Consortium.Grains.Diagnostics;
using Consortium.Ledger.Ids;

namespace Consortium.Silo.Diagnostics;

/// <summary>Makes the report of this silo for <c>consortium doctor</c>.</summary>
/// <param name="member">The member that runs it, or <see langword="null"/> of one that stands for several.</param>
/// <param name="certificateExpires">Tells the last moment of the certificate that it uses, UTC, or <see langword="null"/> without one.</param>
/// <param name="nodes">Its node.</param>
/// <param name="timeProvider">Its clock.</param>
internal sealed class SiloReporter(MemberId? member, Func<DateTimeOffset?> certificateExpires, NodeSource nodes, TimeProvider timeProvider) : ISiloReporter
{
    /// <inheritdoc/>
    public SiloReport Report() =>
        new(member?.ToString(), EnumText.Write(nodes.Status), ProgramVersion.Text, timeProvider.GetUtcNow(), certificateExpires());
}
