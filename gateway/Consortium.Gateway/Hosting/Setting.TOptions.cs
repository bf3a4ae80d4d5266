namespace Consortium.Gateway.Hosting;

/// <summary>One setting: given as <c>--name value</c>, as environment variable <c>CONSORTIUM_NAME</c>, or in appsettings.json under <c>Consortium</c>.</summary>
/// <typeparam name="TOptions">The options it is a part of.</typeparam>
/// <param name="Name">For example <c>request-bytes-max</c>.</param>
/// <param name="Summary">One line of help, with the unit.</param>
/// <param name="Default">Its default, for people.</param>
/// <param name="Range">The allowed values, in words, for the help.</param>
/// <param name="IsFlag">Whether it stands on the command line without a value.</param>
/// <param name="Apply">Makes options with the setting, or <see langword="null"/> when the value is out of range.</param>
public sealed record Setting<TOptions>(
    string Name,
    string Summary,
    string Default,
    string Range,
    bool IsFlag,
    Func<TOptions, string, TOptions?> Apply)
    where TOptions : class
{
    /// <summary>The environment variable, for example <c>CONSORTIUM_REQUEST_BYTES_MAX</c>.</summary>
    public string Variable => "CONSORTIUM_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The same setting as a part of larger options.</summary>
    /// <typeparam name="TOuter">The larger options.</typeparam>
    /// <param name="get">Takes the part.</param>
    /// <param name="with">Makes the larger options with another part.</param>
    /// <returns>The setting.</returns>
    public Setting<TOuter> Within<TOuter>(Func<TOuter, TOptions> get, Func<TOuter, TOptions, TOuter> with)
        where TOuter : class => new(
        Name,
        Summary,
        Default,
        Range,
        IsFlag,
        (options, value) => Apply(get(options), value) is { } applied ? with(options, applied) : null);
}
