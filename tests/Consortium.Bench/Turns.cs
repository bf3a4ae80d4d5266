namespace Consortium.Bench;

/// <summary>Measures two things in turns, A B A B, so that a machine whose speed drifts is as fast for one as for the other.</summary>
internal static class Turns
{
    /// <summary>Measures pairs.</summary>
    /// <typeparam name="TFirst">The result of the first measurement.</typeparam>
    /// <typeparam name="TSecond">The result of the second measurement.</typeparam>
    /// <param name="pairs">Number of pairs.</param>
    /// <param name="first">Measures the first of a pair.</param>
    /// <param name="second">Measures the second of a pair, right after the first.</param>
    /// <returns>The pairs, in the order in which they were measured.</returns>
    public static async Task<IReadOnlyList<(TFirst First, TSecond Second)>> RunAsync<TFirst, TSecond>(
        int pairs,
        Func<Task<TFirst>> first,
        Func<Task<TSecond>> second)
    {
        var measured = new List<(TFirst, TSecond)>(pairs);
        for (var i = 0; i < pairs; i++)
        {
            measured.Add((await first(), await second()));
        }

        return measured;
    }
}
