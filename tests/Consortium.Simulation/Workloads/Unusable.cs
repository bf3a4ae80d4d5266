using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Ids that name nothing, and other values that rules are there to find.</summary>
internal static class Unusable
{
    private static readonly Digest Nothing = Digest.Sha256("named by nobody"u8);

    public static AccountId Account => new(Nothing);

    public static AssetId Asset => new(Nothing);

    public static MemberId Member => new(Nothing);

    public static TransactionId Deal => new(Nothing);

    /// <summary>Two coordinates that are no point of the curve.</summary>
    public static PublicKey Key => new(Nothing, Nothing);

    /// <summary>141 bytes.</summary>
    public static string LongText { get; } = new('r', LedgerLimits.TextBytesMax + 1);

    /// <summary>An authority that no account may have.</summary>
    public static Authority Authority(Authority usable, SeededRandom random) => random.Next(5) switch
    {
        0 => usable with { Threshold = 0 },
        1 => usable with { Threshold = (uint)usable.Keys.Count + 1 },
        2 => new Authority(1, []),
        3 => new Authority(1, [usable.Keys[0], usable.Keys[0]]),
        _ => new Authority(1, [Key]),
    };
}
