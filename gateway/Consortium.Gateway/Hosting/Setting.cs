using System.Globalization;

namespace Consortium.Gateway.Hosting;

/// <summary>Makes the usual kinds of settings.</summary>
public static class Setting
{
    /// <summary>A setting that may be any text.</summary>
    /// <typeparam name="TOptions">The options it is a part of.</typeparam>
    /// <param name="name">For example <c>request-bytes-max</c>.</param>
    /// <param name="summary">One line of help, with the unit.</param>
    /// <param name="byDefault">Its default, for people.</param>
    /// <param name="range">The allowed values, in words, for the help.</param>
    /// <param name="apply">Makes options with the text.</param>
    /// <returns>The setting.</returns>
    public static Setting<TOptions> Text<TOptions>(
        string name,
        string summary,
        string byDefault,
        string range,
        Func<TOptions, string, TOptions> apply)
        where TOptions : class => new(name, summary, byDefault, range, IsFlag: false, apply);

    /// <summary>A setting that is true when its name is given.</summary>
    /// <typeparam name="TOptions">The options it is a part of.</typeparam>
    /// <param name="name">For example <c>request-bytes-max</c>.</param>
    /// <param name="summary">One line of help, with the unit.</param>
    /// <param name="apply">Makes options with the flag.</param>
    /// <returns>The setting.</returns>
    public static Setting<TOptions> Flag<TOptions>(string name, string summary, Func<TOptions, bool, TOptions> apply)
        where TOptions : class => new(
        name,
        summary,
        "off",
        "true or false",
        IsFlag: true,
        (options, value) => bool.TryParse(value, out var flag) ? apply(options, flag) : null);

    /// <summary>A setting that is a whole number.</summary>
    /// <typeparam name="TOptions">The options it is a part of.</typeparam>
    /// <param name="name">For example <c>request-bytes-max</c>.</param>
    /// <param name="summary">One line of help, with the unit.</param>
    /// <param name="byDefault">Its default.</param>
    /// <param name="min">The least it may be.</param>
    /// <param name="max">The most it may be.</param>
    /// <param name="apply">Makes options with the number.</param>
    /// <returns>The setting.</returns>
    public static Setting<TOptions> Number<TOptions>(
        string name,
        string summary,
        int byDefault,
        int min,
        int max,
        Func<TOptions, int, TOptions> apply)
        where TOptions : class => new(
        name,
        summary,
        byDefault.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"from {min} to {max}"),
        IsFlag: false,
        (options, value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? apply(options, number)
            : null);
}
