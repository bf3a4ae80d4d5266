using System.Globalization;
using System.Text;

namespace Consortium.Gateway.Hosting;

/// <summary>Reads settings: command line before environment before appsettings.json before defaults.</summary>
public static class SettingsReader
{
    /// <summary>Reads settings.</summary>
    /// <typeparam name="TOptions">The options they make.</typeparam>
    /// <param name="settings">All settings there are.</param>
    /// <param name="args">The command line.</param>
    /// <param name="configuration">Environment (names as in <see cref="Setting{TOptions}.Variable"/>) and appsettings.json.</param>
    /// <param name="defaults">The options with nothing given.</param>
    /// <param name="options">The options, or <see langword="null"/>.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public static string? TryRead<TOptions>(
        IReadOnlyList<Setting<TOptions>> settings,
        IReadOnlyList<string> args,
        IConfiguration configuration,
        TOptions defaults,
        out TOptions? options)
        where TOptions : class
    {
        var fault = TryReadArguments(settings, args, out var given);
        var read = defaults;
        foreach (var setting in settings)
        {
            var value = given.GetValueOrDefault(setting.Name)
                ?? configuration[setting.Variable]
                ?? configuration["Consortium:" + setting.Name.Replace("-", string.Empty, StringComparison.Ordinal)];
            if (fault is null && !string.IsNullOrEmpty(value))
            {
                var applied = setting.Apply(read, value);
                fault = applied is null ? $"--{setting.Name} must be {setting.Range}; it is '{value}'." : null;
                read = applied ?? read;
            }
        }

        options = fault is null ? read : null;
        return fault;
    }

    /// <summary>Describes a command line.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="title">What the program is, in one line.</param>
    /// <param name="settings">All settings there are.</param>
    /// <returns>Text of several lines.</returns>
    public static string Help<TOptions>(string title, IReadOnlyList<Setting<TOptions>> settings)
        where TOptions : class
    {
        var text = new StringBuilder(title).Append("\n\nSettings:\n");
        foreach (var setting in settings)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  --{setting.Name,-30} {setting.Summary} Default {setting.Default}; {setting.Range}. {setting.Variable}\n");
        }

        return text.ToString();
    }

    private static string? TryReadArguments<TOptions>(
        IReadOnlyList<Setting<TOptions>> settings,
        IReadOnlyList<string> args,
        out Dictionary<string, string> given)
        where TOptions : class
    {
        given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = (args[i], (string?)null);
            var at = name.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                (name, value) = (name[..at], name[(at + 1)..]);
            }

            if (settings.FirstOrDefault(setting => "--" + setting.Name == name) is not { } found)
            {
                return $"'{name}' is no setting; --help lists them.";
            }

            value ??= found.IsFlag ? "true" : i + 1 < args.Count ? args[++i] : null;
            if (value is null)
            {
                return $"--{found.Name} needs a value: {found.Range}.";
            }

            given[found.Name] = value;
        }

        return null;
    }
}
