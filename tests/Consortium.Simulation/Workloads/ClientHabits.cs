using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>The behaviour of the clients of one run; drawn from the seed, so that runs differ from one another.</summary>
internal sealed record ClientHabits
{
    /// <summary>Accounts opened before the mix begins.</summary>
    public required int Accounts { get; init; }

    /// <summary>Assets registered before the mix begins; the first ones are money.</summary>
    public required int Assets { get; init; }

    /// <summary>Beneficial owners; fewer than accounts, so that some have several.</summary>
    public required int Owners { get; init; }

    /// <summary>Accounts that many deals have in common.</summary>
    public required int HotAccounts { get; init; }

    public required int HotPerMillion { get; init; }

    /// <summary>Accounts that receive by consent only.</summary>
    public required int ConsentPerMillion { get; init; }

    /// <summary>Accounts with several keys.</summary>
    public required int SeveralKeysPerMillion { get; init; }

    /// <summary>Transactions that break a rule on purpose.</summary>
    public required int FaultPerMillion { get; init; }

    /// <summary>Transactions whose bytes, signatures or validity are spoilt on their way out.</summary>
    public required int MishapPerMillion { get; init; }

    /// <summary>Transactions sent a second time.</summary>
    public required int RepeatPerMillion { get; init; }

    /// <summary>Transactions of one request, at least 10 and at most 60.</summary>
    public required int RequestMax { get; init; }

    /// <summary>How long transactions are mostly valid; below the genesis' maximum by a margin for clocks that differ.</summary>
    public required ulong ValidityMs { get; init; }

    public static ClientHabits Draw(SeededRandom random, ulong validityMaxMs)
    {
        var accounts = 20 + random.Next(61);
        return new ClientHabits
        {
            Accounts = accounts,
            Assets = 3 + random.Next(8),
            Owners = Math.Max(4, accounts / (1 + random.Next(4))),
            HotAccounts = 1 + random.Next(4),
            HotPerMillion = random.Next(3) * 350_000,
            ConsentPerMillion = random.Next(200_000),
            SeveralKeysPerMillion = random.Next(500_000),
            FaultPerMillion = 20_000 + random.Next(130_000),
            MishapPerMillion = 10_000 + random.Next(100_000),
            RepeatPerMillion = random.Next(80_000),
            RequestMax = 10 + random.Next(51),

            // Often long enough that a repetition may come after a snapshot and a restart and still be valid.
            ValidityMs = Math.Max(1, validityMaxMs / (ulong)(2 + random.Next(random.Next(2) == 0 ? 3 : 40))),
        };
    }
}
