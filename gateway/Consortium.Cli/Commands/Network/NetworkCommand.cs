using System.Globalization;
using Consortium.Client;

namespace Consortium.Cli.Commands;

/// <summary>Shows the network.</summary>
internal sealed class NetworkCommand : Verb
{
    public NetworkCommand()
        : base("network", "Show the network: head, sealed and final heights, target, members")
    {
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var network = await context.Client.GetNetworkAsync(cancellationToken);
        return VerbResult.Of(network, console =>
        {
            console.Facts(
            [
                ("Network", network.Name),
                ("Id", network.NetworkId),
                ("Status", network.Status),
                ("Head", string.Create(CultureInfo.InvariantCulture, $"position {network.Position} at {Timestamps.Text(network.TimeMs)}")),
                ("Sealed height", network.SealedHeight.ToString(CultureInfo.InvariantCulture)),
                ("Final height", network.FinalHeight.ToString(CultureInfo.InvariantCulture)),
                ("Waiting", network.QueueLength.ToString(CultureInfo.InvariantCulture)),
                ("Target", $"{network.Target} ({network.TargetCompact:x8})"),
                ("Block interval", string.Create(CultureInfo.InvariantCulture, $"{network.BlockIntervalMs} ms")),
                ("Final after", string.Create(CultureInfo.InvariantCulture, $"{network.FinalityBlocks} blocks' worth of work")),
                ("Valid for at most", string.Create(CultureInfo.InvariantCulture, $"{network.ValidityMaxMs} ms")),
                ("Shards per class", network.ShardCount.ToString(CultureInfo.InvariantCulture)),
            ]);
            console.Rows(
                "It has no members.",
                ["Member", "LEI", "Id"],
                [.. network.Members.Select(member => (IReadOnlyList<string>)[member.Name, member.Lei, member.Id])]);
        });
    }
}
