using System.Globalization;

namespace Consortium.Client;

/// <summary>UTC milliseconds as people read them.</summary>
public static class Timestamps
{
    /// <summary>Writes a time.</summary>
    /// <param name="ms">UTC milliseconds since 1970.</param>
    /// <returns>ISO 8601, for example <c>2026-01-31T12:00:00.000Z</c>; the number where a calendar has no such day.</returns>
    public static string Text(ulong ms) => ms <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : ms.ToString(CultureInfo.InvariantCulture);
}
