using System.Text.Json.Nodes;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>Holds manifests to the Kubernetes schemas: no unknown field, no wrong type, nothing missing that is required.</summary>
internal static class ManifestSchema
{
    private static readonly JsonObject Document =
        JsonNode.Parse(SourceTree.Read("tests/vectors/kubernetes/schema.json"))!.AsObject();

    private static readonly HashSet<string> Keywords =
        new(["$ref", "type", "format", "enum", "properties", "additionalProperties", "required", "items"], StringComparer.Ordinal);

    /// <summary>Lists the differences between a manifest and the schema of its kind.</summary>
    public static IEnumerable<string> Check(JsonNode manifest)
    {
        var kind = $"{manifest.Text("/apiVersion")}/{manifest.Text("/kind")}";
        var name = $"{manifest.Text("/kind")} {manifest.Text("/metadata/name")}";
        if (manifest.Text("/metadata/name").Length == 0)
        {
            yield return $"{kind}: metadata.name is missing";
        }

        if (Document["kinds"]![kind] is not JsonObject schema)
        {
            yield return $"{name}: no schema for {kind}";
            yield break;
        }

        foreach (var fault in Faults(manifest, schema, string.Empty))
        {
            yield return $"{name}: {fault}";
        }
    }

    private static IEnumerable<string> Faults(JsonNode? node, JsonObject schema, string path)
    {
        // A keyword that is not checked would be a check that is not made.
        Assert.All(schema, pair => Assert.Contains(pair.Key, Keywords));
        if (schema["$ref"] is { } reference)
        {
            return Faults(node, Document.At(reference.ToString()[1..])!.AsObject(), path);
        }

        if (schema["type"] is not { } type)
        {
            return [];
        }

        string[] types = type is JsonArray several ? [.. several.Select(one => one!.ToString())] : [type.ToString()];
        return Array.Exists(types, one => IsOf(node, one))
            ? Value(node!, schema, path).Concat(Fields(node!, schema, path)).Concat(Items(node!, schema, path))
            : [$"{path} must be {string.Join(" or ", types)}, not {node?.ToJsonString() ?? "null"}"];
    }

    private static bool IsOf(JsonNode? node, string type) => type switch
    {
        "object" => node is JsonObject,
        "array" => node is JsonArray,
        "string" => node is JsonValue value && value.TryGetValue<string>(out _),
        "boolean" => node is JsonValue value && value.TryGetValue<bool>(out _),
        "integer" => node is JsonValue value && value.TryGetValue<long>(out _),
        "number" => node is JsonValue value && (value.TryGetValue<long>(out _) || value.TryGetValue<double>(out _)),
        _ => throw new InvalidOperationException($"The schema names the type {type}."),
    };

    private static IEnumerable<string> Value(JsonNode node, JsonObject schema, string path)
    {
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, node)))
        {
            yield return $"{path} must be one of {allowed.ToJsonString()}, not {node.ToJsonString()}";
        }

        var holds = schema["format"]?.ToString() switch
        {
            null or "int64" or "double" => true,
            "int32" => node.GetValue<long>() is >= int.MinValue and <= int.MaxValue,
            "byte" => Convert.TryFromBase64String(node.ToString(), new byte[node.ToString().Length], out _),
            "date-time" => DateTimeOffset.TryParse(node.ToString(), System.Globalization.CultureInfo.InvariantCulture, out _),
            { } other => throw new InvalidOperationException($"The schema names the format {other}."),
        };
        if (!holds)
        {
            yield return $"{path} is no {schema["format"]}: {node.ToJsonString()}";
        }
    }

    private static IEnumerable<string> Fields(JsonNode node, JsonObject schema, string path)
    {
        if (node is not JsonObject map)
        {
            yield break;
        }

        foreach (var required in schema.Each("/required").Where(field => map[field.ToString()] is null))
        {
            yield return $"{path}/{required} is missing";
        }

        foreach (var (name, value) in map)
        {
            var known = schema["properties"]?[name] ?? schema["additionalProperties"] as JsonObject;
            var faults = known is null ? [$"{path}/{name} is no field"] : Faults(value, known.AsObject(), $"{path}/{name}");
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Items(JsonNode node, JsonObject schema, string path) =>
        node is JsonArray list ? list.SelectMany((item, index) => Faults(item, schema["items"]!.AsObject(), $"{path}/{index}")) : [];
}
