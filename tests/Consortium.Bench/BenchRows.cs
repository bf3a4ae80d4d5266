using Consortium.Bench.Rows;

namespace Consortium.Bench;

/// <summary>All rows; a new one appends a line here.</summary>
internal static class BenchRows
{
    /// <summary>Rows measured on one silo, in the order of the table.</summary>
    public static IReadOnlyList<Row> OneSilo { get; } =
    [
        new DealCostRow(),
        new TransferRow(),
        new HotAccountRow(),
        new LatencyRow(),
        new VerifyRow(),
        new HoldingsRow(),
        new JournalSizeRow(),
        new RestartRow(),
        new HashRow(),
    ];

    /// <summary>Rows that compare three silos with one.</summary>
    public static IReadOnlyList<Row> Cluster { get; } = [new ClusterRow()];
}
