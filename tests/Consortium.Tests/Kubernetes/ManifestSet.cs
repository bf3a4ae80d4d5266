using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>The manifests that one overlay renders to.</summary>
internal sealed class ManifestSet(IReadOnlyList<JsonObject> manifests)
{
    public IReadOnlyList<JsonObject> All { get; } = manifests;

    public IReadOnlyList<Workload> Workloads => [.. All.Select(AsWorkload).OfType<Workload>()];

    public static ManifestSet Render(string overlay) => new(Kustomization.Render("k8s/overlays/" + overlay));

    public IEnumerable<JsonObject> OfKind(string kind) => All.Where(manifest => manifest.Text("/kind") == kind);

    /// <summary>A manifest by kind and name; the hash that a generated name ends with may be left out.</summary>
    public JsonObject? Find(string kind, string name) => OfKind(kind).FirstOrDefault(manifest =>
        manifest.Text("/metadata/name") == name
        || (manifest.Text("/metadata/name").StartsWith(name + "-", StringComparison.Ordinal) && manifest.Text("/metadata/name").Length == name.Length + 11 && manifest["data"] is not null));

    /// <summary>The pods that a label selector selects.</summary>
    public IReadOnlyList<Workload> Selected(JsonNode? selector) => [.. Workloads.Where(workload => Matches(selector, workload.Labels))];

    /// <summary>Whether a label selector (matchLabels, matchExpressions with In) selects labels; an empty one selects all.</summary>
    public static bool Matches(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Map("/matchLabels").All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value)
        && selector.Each("/matchExpressions").All(expression =>
            expression.Text("/operator") == "In"
            && expression.Each("/values").Any(value => labels.GetValueOrDefault(expression.Text("/key")) == value.ToString()));

    private static Workload? AsWorkload(JsonObject manifest) => manifest.Text("/kind") switch
    {
        "StatefulSet" or "Deployment" => new Workload(manifest, manifest.At("/spec/template")!),
        "CronJob" => new Workload(manifest, manifest.At("/spec/jobTemplate/spec/template")!),
        _ => null,
    };
}
