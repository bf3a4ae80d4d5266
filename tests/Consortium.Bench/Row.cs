using System.Globalization;

namespace Consortium.Bench;

/// <summary>A row of the table, which measures by itself.</summary>
/// <param name="key">The name of the row for <c>--rows</c>.</param>
internal abstract class Row(string key)
{
    /// <summary>The name of the row for <c>--rows</c>.</summary>
    public string Key { get; } = key;

    /// <summary>Measures.</summary>
    /// <param name="setting">The silos and folders to measure on, with the number and length of measurements.</param>
    /// <returns>Its figures.</returns>
    public abstract Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting);

    /// <summary>The median of one half of the pairs, for a figure's detail.</summary>
    protected static double Median<T>(IEnumerable<T> measured, Func<T, double> value) => Spread.Of(measured.Select(value)).Median;

    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
