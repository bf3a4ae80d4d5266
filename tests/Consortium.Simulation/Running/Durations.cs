using System.Globalization;

namespace Consortium.Simulation.Running;

/// <summary>Durations as the command line writes them.</summary>
internal static class Durations
{
    /// <summary>The longest run: a day of virtual time.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(1);

    /// <summary>Parses a number of units, with fractions down to 100 ns; from one second to a day.</summary>
    /// <param name="text">The number.</param>
    /// <param name="unit">One of them.</param>
    /// <param name="duration">The duration, or zero.</param>
    public static bool TryParse(string? text, TimeSpan unit, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count > Max.Ticks / unit.Ticks)
        {
            return false;
        }

        var parsed = TimeSpan.FromTicks((long)(count * unit.Ticks));
        if (parsed < TimeSpan.FromSeconds(1))
        {
            return false;
        }

        duration = parsed;
        return true;
    }

    /// <summary>Parses <c>60s</c>, <c>5m</c> or <c>2h</c>.</summary>
    public static bool TryParseWithUnit(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var unit = text is { Length: > 1 }
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(1),
                'm' => TimeSpan.FromMinutes(1),
                'h' => TimeSpan.FromHours(1),
                _ => TimeSpan.Zero,
            }
            : TimeSpan.Zero;
        return unit > TimeSpan.Zero && TryParse(text![..^1], unit, out duration);
    }

    /// <summary>Seconds as <c>--seconds</c> takes them; nothing is lost.</summary>
    public static string Seconds(TimeSpan duration) =>
        ((decimal)duration.Ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);
}
