namespace Consortium.Bench;

/// <summary>The number and length of measurements.</summary>
internal sealed record BenchScale
{
    /// <summary>Pairs of each ratio, and repetitions of each time.</summary>
    public int Pairs { get; init; } = 5;

    /// <summary>Length of one slice of load.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Length of one slice of raw checks, or of hashes.</summary>
    public TimeSpan FloorSlice { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Accounts of a load.</summary>
    public int Accounts { get; init; } = 10_000;

    /// <summary>Length of one run at half load, the time in which the gateway meets the accounts' keys included.</summary>
    public TimeSpan HalfLoad { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time at the start of a run at half load that is counted apart.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Accounts of the small ledger, which all hold each of ten assets; the large ledger has a hundred times as many.</summary>
    public int SmallAccounts { get; init; } = 1_000;

    /// <summary>Deals of one slice on a ledger in this process.</summary>
    public int SliceDeals { get; init; } = 40_000;

    /// <summary>Deals in the journal that a restart begins with.</summary>
    public int RestartDeals { get; init; } = 1_000_000;

    /// <summary>Enough to see that every row runs; the figures mean nothing.</summary>
    public static BenchScale Smoke { get; } = new()
    {
        Slice = TimeSpan.FromSeconds(1),
        FloorSlice = TimeSpan.FromSeconds(0.4),
        Accounts = 100,
        HalfLoad = TimeSpan.FromSeconds(2),
        WarmUp = TimeSpan.FromSeconds(1),
        SmallAccounts = 10,
        SliceDeals = 400,
        RestartDeals = 4_000,
    };
}
