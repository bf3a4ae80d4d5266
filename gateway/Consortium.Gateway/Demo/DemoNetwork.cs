using System.Security.Cryptography;
using Consortium.Api.Files;
using Consortium.Client.Keys;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Identifiers;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Gateway.Demo;

/// <summary>Makes the network that <c>--demo</c> runs: five fictional members that share one machine.</summary>
public static class DemoNetwork
{
    /// <summary>The members of the demonstration: name, and LEI without its two check digits.</summary>
    public static IReadOnlyList<(string Name, string LeiParts)> Members { get; } =
    [
        ("meridian-bank", "5299000DEMOBANK001"),
        ("alder-works", "5299000DEMOWORKS02"),
        ("greenwood-forests", "5299000DEMOWOODS03"),
        ("harbor-capital", "5299000DEMOHARBR04"),
        ("lakeside-pension", "5299000DEMOPENSN05"),
    ];

    /// <summary>The file of the genesis.</summary>
    /// <param name="dataPath">The data folder.</param>
    /// <returns>Its path.</returns>
    public static string GenesisPath(string dataPath) => Path.Combine(dataPath, "genesis.bin");

    /// <summary>The folder of the members' keys, with their password in a file of its own.</summary>
    /// <param name="dataPath">The data folder.</param>
    /// <returns>Its path.</returns>
    public static string KeysPath(string dataPath) => Path.Combine(dataPath, "keys");

    /// <summary>Writes genesis and keys into a data folder that has none.</summary>
    /// <param name="dataPath">The data folder; made if need be.</param>
    /// <param name="timeProvider">The clock for the genesis' time.</param>
    /// <returns>The genesis.</returns>
    public static Genesis Create(string dataPath, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var keysPath = KeysPath(dataPath);
        Directory.CreateDirectory(keysPath);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keysPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        OwnerOnlyFile.Create(Path.Combine(keysPath, KeyPassword.FileName), password);
        var message = new Wire.Genesis
        {
            Name = "consortium demo",
            TimeMs = (ulong)timeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
            ShardCount = 16,
            BlockIntervalMs = 1_000,

            // About four thousand hashes: a blink for one miner, so that the first blocks come at once.
            Target = 0x1f0fffff,
            HalfLifeMs = 60_000,
            FinalityBlocks = 6,
            ValidityMaxMs = 24 * 3_600_000,
        };
        message.Members.AddRange(Members
            .AsParallel()
            .AsOrdered()
            .Select(member => CreateMember(keysPath, member.Name, member.LeiParts, password)));
        var genesis = Genesis.FromMessage(message);

        // Last, because a folder has a network once this file is there.
        File.WriteAllBytes(GenesisPath(dataPath), genesis.Bytes.Span);
        return genesis;
    }

    private static Wire.GenesisMember CreateMember(string keysPath, string name, string leiParts, string password)
    {
        using var authority = KeyFile.Create(Path.Combine(keysPath, name + ".pem"), password);
        using var producer = KeyFile.Create(Path.Combine(keysPath, name + ProducerKeys.FileSuffix), password);
        var wireAuthority = new Wire.Authority { Threshold = 1 };
        wireAuthority.Keys.Add(ByteString.CopyFrom(authority.PublicKey.ToArray()));
        return new Wire.GenesisMember
        {
            Name = name,
            Lei = Lei.FromParts(leiParts).ToString(),
            Authority = wireAuthority,
            ProducerKey = ByteString.CopyFrom(producer.PublicKey.ToArray()),
        };
    }
}
