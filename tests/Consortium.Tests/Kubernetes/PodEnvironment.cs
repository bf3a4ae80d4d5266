using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Consortium.Tests.Kubernetes;

/// <summary>The environment that Kubernetes starts a container with: settings, then variables in their order, each of which may use those before it.</summary>
internal static partial class PodEnvironment
{
    /// <summary>Reads the environment of a container from the manifests.</summary>
    /// <param name="set">The manifests.</param>
    /// <param name="container">The container.</param>
    /// <param name="field">Gives the value of a field of the pod, by its path.</param>
    /// <param name="byHand">What a key is of a Secret or ConfigMap that is not in the manifests: kind, name, key; <see langword="null"/> for none.</param>
    /// <returns>The variables.</returns>
    public static Dictionary<string, string> Of(
        ManifestSet set,
        JsonNode container,
        Func<string, string> field,
        Func<string, string, string, string?> byHand)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in container.Each("/envFrom").SelectMany(source => set.Find("ConfigMap", source.Text("/configMapRef/name")).Map("/data")))
        {
            given[name] = value;
        }

        foreach (var variable in container.Each("/env"))
        {
            var value = variable["value"] is { } text ? Expand(text.ToString(), given)
                : variable.At("/valueFrom/fieldRef") is { } reference ? field(reference.Text("/fieldPath"))
                : Key(set, variable["valueFrom"], byHand);
            if (value is not null)
            {
                given[variable.Text("/name")] = value;
            }
        }

        return given;
    }

    private static string? Key(ManifestSet set, JsonNode? source, Func<string, string, string, string?> byHand)
    {
        var (kind, reference) = source?["secretKeyRef"] is { } secret ? ("Secret", secret) : ("ConfigMap", source?["configMapKeyRef"]);
        var (name, key) = (reference.Text("/name"), reference.Text("/key"));
        return set.Find(kind, name)?.At(["data", key]) is not { } value ? byHand(kind, name, key)
            : kind == "Secret" ? Decode(value.ToString())
            : value.ToString();
    }

    // Of a value that is no base64 the schema tells.
    private static string Decode(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : value;
    }

    // A variable that is not defined by then stays as it is written.
    private static string Expand(string text, Dictionary<string, string> known) =>
        Reference().Replace(text, match => known.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_][A-Za-z0-9_]*)\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();
}
