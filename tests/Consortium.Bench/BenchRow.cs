namespace Consortium.Bench;

/// <summary>One figure: a ratio of two measurements of the same run, and what it should reach.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Value">The ratio, or the seconds or milliseconds where the goal is one.</param>
/// <param name="Goal">The bound.</param>
/// <param name="AtMost">Whether the value should be at most the goal, rather than at least.</param>
/// <param name="Detail">The two measurements.</param>
public sealed record BenchRow(string Name, double Value, double Goal, bool AtMost, string Detail)
{
    public bool Reached => AtMost ? Value <= Goal : Value >= Goal;
}
