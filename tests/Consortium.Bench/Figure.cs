namespace Consortium.Bench;

/// <summary>One figure with its goal.</summary>
/// <param name="Name">The name of the measurement.</param>
/// <param name="Value">The ratios of all pairs, or seconds or milliseconds where the goal is a time.</param>
/// <param name="Goal">The bound, for the median.</param>
/// <param name="AtMost">Whether the value should be at most the goal, rather than at least.</param>
/// <param name="Detail">The medians of the numbers that were divided.</param>
internal sealed record Figure(string Name, Spread Value, double Goal, bool AtMost, string Detail)
{
    /// <summary>Whether the median reaches the goal.</summary>
    public bool Reached => AtMost ? Value.Median <= Goal : Value.Median >= Goal;
}
