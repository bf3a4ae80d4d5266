using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>A place where a manifest names a ConfigMap or a Secret.</summary>
/// <param name="Kind">ConfigMap or Secret.</param>
/// <param name="Holder">The object with the name.</param>
/// <param name="Field">Its field.</param>
/// <param name="Keys">The keys that must be in the ConfigMap or Secret.</param>
/// <param name="IsOptional">Whether the pod starts without the ConfigMap or Secret.</param>
internal sealed record NameReference(string Kind, JsonObject Holder, string Field, IReadOnlyList<string> Keys, bool IsOptional)
{
    private static readonly Dictionary<string, (string Kind, string Name)> Fields = new(StringComparer.Ordinal)
    {
        ["configMap"] = ("ConfigMap", "name"),
        ["configMapRef"] = ("ConfigMap", "name"),
        ["configMapKeyRef"] = ("ConfigMap", "name"),
        ["secret"] = ("Secret", "secretName"),
        ["secretRef"] = ("Secret", "name"),
        ["secretKeyRef"] = ("Secret", "name"),
    };

    public string Name => Holder.Text("/" + Field);

    /// <summary>All of a manifest.</summary>
    public static IEnumerable<NameReference> In(JsonObject manifest) =>
        from map in manifest.Objects()
        from pair in map
        where Fields.ContainsKey(pair.Key) && pair.Value is JsonObject
        let field = Fields[pair.Key]
        let holder = pair.Value.AsObject()
        where holder[field.Name] is not null
        let keys = holder.Each("/items").Select(item => item.Text("/key")).Concat(holder["key"] is { } key ? [key.ToString()] : Array.Empty<string>())
        select new NameReference(field.Kind, holder, field.Name, [.. keys], holder.Text("/optional") == "true");

    public void Rename(string name) => Holder[Field] = name;
}
