using System.Text.Json;

namespace Consortium.Api;

/// <summary>Writes and reads the members of an enum as the API does: in snake_case.</summary>
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

    /// <summary>Lists the texts that <see cref="TryRead"/> accepts, for messages.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <returns>For example <c>full, title, use, income</c>.</returns>
    public static string List<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetValues<TEnum>().Select(Write));
}
