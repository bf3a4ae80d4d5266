namespace Consortium.Cluster.Tests.Harness;

/// <summary>The longest times without acknowledgements that are allowed after an event in a cluster.</summary>
/// <remarks>A busy machine says nothing about that: the goals are only asked for with CONSORTIUM_CLUSTER_GAPS=1, on a quiet one.</remarks>
internal static class Gaps
{
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan AfterHang = TimeSpan.FromSeconds(8);
    public static readonly TimeSpan AfterColdRestart = TimeSpan.FromSeconds(60);

    public static bool AreMeasured => Environment.GetEnvironmentVariable("CONSORTIUM_CLUSTER_GAPS") == "1";
}
