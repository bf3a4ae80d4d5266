namespace Consortium.Client.Load;

/// <summary>The size, rate and duration of a load, as <c>consortium load</c> takes them.</summary>
public sealed class LoadOptions
{
    /// <summary>Accounts to open, one key each.</summary>
    /// <value>The default is 1,000; at least 2.</value>
    public int Accounts { get; init; } = 1_000;

    /// <summary>Time for which transactions are submitted; opening accounts, issuing and signing come before it.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests on their way at a time, each on a connection of its own.</summary>
    /// <value>The default is 8.</value>
    public int Connections { get; init; } = 8;

    /// <summary>Transactions per request.</summary>
    /// <value>The default is 100.</value>
    public int BatchSize { get; init; } = 100;

    /// <summary>Percent of transactions that touch one and the same account; 0 to 100.</summary>
    public int HotPercent { get; init; }

    /// <summary>Whether each transaction is a deal of two parties, payment against delivery, with two signatures.</summary>
    /// <value>The default is a transfer with one signature.</value>
    public bool TwoParty { get; init; }

    /// <summary>Transactions per second to submit at most, or <see langword="null"/> for as many as are answered.</summary>
    public int? Rate { get; init; }

    /// <summary>Time at the start whose latencies are counted apart: keys that the gateway sees for the first time cost four checks.</summary>
    /// <value>The default is none.</value>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Most transactions to sign ahead; <see langword="null"/> for as many as this machine could verify in the duration.</summary>
    public int? TransactionsMax { get; init; }

    /// <summary>File for the ids of acknowledged transactions, or <see langword="null"/> for none.</summary>
    public string? AcksPath { get; init; }

    /// <summary>Checks that the options go together.</summary>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public string? FindFault()
    {
        if (Accounts < 2)
        {
            return "A load needs at least 2 accounts.";
        }

        if (Duration <= TimeSpan.Zero || Connections < 1 || BatchSize < 1 || Rate is < 1 || TransactionsMax is < 1)
        {
            return "Duration, connections, batch size, rate and number of transactions must be positive.";
        }

        return HotPercent is < 0 or > 100 ? "The hot percentage must be from 0 to 100." : null;
    }
}
