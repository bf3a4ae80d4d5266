using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>JSON patches (RFC 6902), as far as the overlays use them.</summary>
internal static class JsonPatch
{
    /// <summary>Changes a manifest.</summary>
    /// <exception cref="FormatException">An operation does not apply.</exception>
    public static void Apply(JsonNode manifest, IEnumerable<JsonNode> operations)
    {
        foreach (var operation in operations)
        {
            if (!TryApply(manifest, operation))
            {
                throw new FormatException($"{manifest.Text("/metadata/name")}: {operation.ToJsonString()} does not apply.");
            }
        }
    }

    private static bool TryApply(JsonNode manifest, JsonNode operation)
    {
        var parts = JsonPointer.Parts(operation.Text("/path"));
        var (parent, last, value) = (manifest.At(parts.AsSpan(..^1)), parts[^1], operation["value"]?.DeepClone());
        var there = parent.At([last]);
        switch (operation.Text("/op"), parent)
        {
            case ("test", _):
                return JsonNode.DeepEquals(there, value);
            case ("replace", _) when there is not null:
                there.ReplaceWith(value);
                return true;
            case ("add", JsonObject map):
                map[last] = value;
                return true;
            case ("add", JsonArray list) when last == "-":
                list.Add(value);
                return true;
            default:
                return false;
        }
    }
}
