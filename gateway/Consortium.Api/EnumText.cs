using System.Text.Json;

namespace Consortium.Api;

/// <summary>How the API writes the members of an enum: snake_case.</summary>
public static class EnumText
{
    /// <summary>Writes a member.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">The member.</param>
    /// <returns>For example <c>forest_right</c>.</returns>
    public static string Write<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Reads a member.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="value">The member, or <see langword="default"/>.</param>
    /// <returns>Whether the text names a member.</returns>
    public static bool TryRead<TEnum>(string? text, out TEnum value)
        where TEnum : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<TEnum>())
        {
            if (string.Equals(Write(candidate), text, StringComparison.Ordinal))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Lists what <see cref="TryRead"/> takes.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <returns>For example <c>full, title, use, income</c>.</returns>
    public static string List<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetValues<TEnum>().Select(Write));
}
