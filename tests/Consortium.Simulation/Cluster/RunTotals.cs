namespace Consortium.Simulation.Cluster;

/// <summary>Counts of a run, for the summary table.</summary>
internal sealed class RunTotals
{
    /// <summary>Transactions sent for the first time.</summary>
    public long Submitted { get; set; }

    /// <summary>Answers of gateway or consensus that refused.</summary>
    public long Refused { get; set; }

    public long Reads { get; set; }
}
