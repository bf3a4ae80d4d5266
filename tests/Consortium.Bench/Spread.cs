namespace Consortium.Bench;

/// <summary>Median, least and greatest of several measurements of one thing.</summary>
/// <param name="Median">Half of them are at most this.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Count">Number of measurements.</param>
internal readonly record struct Spread(double Median, double Min, double Max, int Count)
{
    /// <summary>Sums up measurements.</summary>
    /// <param name="values">At least one; of an even number the median is halfway between the two in the middle.</param>
    /// <exception cref="ArgumentException">There are no measurements, or one is not a number.</exception>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0 || sorted.Any(double.IsNaN))
        {
            throw new ArgumentException("A median needs at least one value, and numbers only.", nameof(values));
        }

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Length);
    }
}
