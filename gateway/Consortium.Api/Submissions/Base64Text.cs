using System.Diagnostics.CodeAnalysis;

namespace Consortium.Api;

/// <summary>Bytes as base64.</summary>
public static class Base64Text
{
    /// <summary>Reads base64.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">The bytes, or <see langword="null"/>.</param>
    /// <returns>Whether the text is base64.</returns>
    public static bool TryRead(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null)
        {
            return false;
        }

        var buffer = new byte[((text.Length + 3) / 4) * 3];
        if (!Convert.TryFromBase64String(text, buffer, out var length))
        {
            return false;
        }

        bytes = buffer[..length];
        return true;
    }
}
