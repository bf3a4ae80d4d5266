using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Consortium.Api;

/// <summary>Bytes as hexadecimal digits.</summary>
public static class HexText
{
    /// <summary>Reads hexadecimal digits in either case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">The bytes, or <see langword="null"/>.</param>
    /// <returns>Whether the text is whole bytes.</returns>
    public static bool TryRead(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || text.Length % 2 != 0)
        {
            return false;
        }

        var buffer = new byte[text.Length / 2];
        if (Convert.FromHexString(text, buffer, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        bytes = buffer;
        return true;
    }
}
