using System.Globalization;
using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>Finds its way in a manifest by JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string[] Parts(string pointer) =>
        pointer.Length == 0 ? [] : [.. pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    /// <summary>The node there, or <see langword="null"/>.</summary>
    public static JsonNode? At(this JsonNode? node, string pointer) => node.At(Parts(pointer));

    public static JsonNode? At(this JsonNode? node, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            node = node switch
            {
                JsonObject map => map[part],
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>The text there; empty when there is none.</summary>
    public static string Text(this JsonNode? node, string pointer = "") => node.At(pointer)?.ToString() ?? string.Empty;

    /// <summary>The number there, or <see langword="null"/>.</summary>
    public static long? Number(this JsonNode? node, string pointer) =>
        node.At(pointer) is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    /// <summary>The elements of the list there; none when there is none.</summary>
    public static IReadOnlyList<JsonNode> Each(this JsonNode? node, string pointer) =>
        node.At(pointer) is JsonArray list ? [.. list.OfType<JsonNode>()] : [];

    /// <summary>The names and texts of the map there; none when there is none.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, string pointer) =>
        node.At(pointer) is JsonObject map
            ? map.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? string.Empty, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Every object below a node, itself included.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Value.Objects()).Prepend(map),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
