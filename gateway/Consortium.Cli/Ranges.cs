using System.CommandLine;
using System.Globalization;

namespace Consortium.Cli;

/// <summary>Bounds on numbers.</summary>
internal static class Ranges
{
    public static void RequireRange(this Option<int> option, int min, int max) => Validate(option, min, max);

    public static void RequireRange(this Option<int?> option, int min, int max) => Validate(option, min, max);

    private static void Validate(Option option, int min, int max) => option.Validators.Add(result =>
    {
        var text = result.Tokens.Count == 0 ? null : result.Tokens[0].Value;
        if (text is not null
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && (value < min || value > max))
        {
            result.AddError(string.Create(
                CultureInfo.InvariantCulture,
                $"'{text}' given for {option.Name} is not from {min} to {max}."));
        }
    });
}
