using Consortium.Api;
using Consortium.Client.Transactions;
using Consortium.Ledger;

namespace Consortium.Cli;

/// <summary>Reads the values that commands need from <c>GET /v1/network</c>.</summary>
internal static class Networks
{
    public static TransactionBuilder Builder(VerbContext context, NetworkResponse network) =>
        new(Id(network), context.CliEnvironment.Time);

    public static Digest Id(NetworkResponse network) => Digest.TryParseHex(network.NetworkId, out var id)
        ? id
        : throw new ConsortiumException(
            "not_a_gateway",
            $"The gateway names the network '{network.NetworkId}', which is no network id.",
            "Check the gateway's address and version.");
}
