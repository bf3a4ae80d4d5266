using System.CommandLine;
using Consortium.Api;
using Consortium.Ledger.Blocks;

namespace Consortium.Cli;

/// <summary>The options that choose the genesis: a file, or the gateway's network.</summary>
internal static class GenesisOptions
{
    // A genesis of 256 members with 16 keys each takes far less: a larger file is not read.
    private const int FileBytesMax = 4 * 1024 * 1024;

    public static Option<string?> Create(string description) => new("--genesis")
    {
        Description = description,
        HelpName = "FILE",
    };

    /// <summary>Reads a genesis file.</summary>
    public static async Task<Genesis> ReadAsync(string path, CancellationToken cancellationToken) =>
        new FileInfo(path).Length <= FileBytesMax
            ? Decode(await File.ReadAllBytesAsync(path, cancellationToken), $"The file '{path}'")
            : throw Unusable($"The file '{path}'", "it is too large for one");

    /// <summary>Asks the gateway for the genesis of its network.</summary>
    public static async Task<Genesis> FromGatewayAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var network = await context.Client.GetNetworkAsync(cancellationToken);
        var bytes = new byte[network.Genesis.Length];
        var isBase64 = Convert.TryFromBase64String(network.Genesis, bytes, out var length);
        return Decode(isBase64 ? bytes.AsMemory(0, length) : default, $"What {context.Url} calls its genesis");
    }

    private static Genesis Decode(ReadOnlyMemory<byte> bytes, string source)
    {
        var fault = Genesis.TryRead(bytes, out var genesis);
        return genesis ?? throw Unusable(source, fault);
    }

    private static ConsortiumException Unusable(string source, string? why) => new(
        "genesis_invalid",
        $"{source} is no genesis: {why}",
        "Name the genesis that the members agreed on; a gateway keeps it as 'genesis.bin' in its data folder.");
}
