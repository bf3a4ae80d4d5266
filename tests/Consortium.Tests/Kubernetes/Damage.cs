using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>One way to break the manifests, with the fault that a rule must report.</summary>
/// <param name="Name">The name of the damage, shown as the test case.</param>
/// <param name="Manifest">Kind and name of the manifest.</param>
/// <param name="Pointer">JSON pointer to the damaged field.</param>
/// <param name="Value">The new value of the field, as JSON; <see langword="null"/> removes the field.</param>
/// <param name="Fault">Text that one of the reported faults must contain.</param>
public sealed record Damage(string Name, string Manifest, string Pointer, string? Value, string Fault)
{
    public override string ToString() => Name;

    internal void Apply(ManifestSet set)
    {
        var manifest = Manifest.Split(' ') is [var kind, var name] ? set.Find(kind, name) : null;
        Assert.NotNull(manifest);
        var parts = JsonPointer.Parts(Pointer);
        var (parent, last) = (manifest.At(parts.AsSpan(..^1)), parts[^1]);
        var value = Value is null ? null : JsonNode.Parse(Value);
        switch (parent)
        {
            case JsonObject map when Value is null:
                Assert.True(map.Remove(last), $"{Pointer} is not there.");
                break;
            case JsonObject map:
                map[last] = value;
                break;
            case JsonArray list when Value is null:
                list.RemoveAt(int.Parse(last, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case JsonArray list:
                list[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
                break;
            default:
                Assert.Fail($"{Pointer} is not there.");
                break;
        }
    }
}
