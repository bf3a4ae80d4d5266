using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>A manifest that makes pods.</summary>
/// <param name="Manifest">The StatefulSet, Deployment or CronJob.</param>
/// <param name="Template">Its pods' template.</param>
internal sealed record Workload(JsonObject Manifest, JsonNode Template)
{
    public string Kind => Manifest.Text("/kind");

    public string Name => $"{Kind} {Manifest.Text("/metadata/name")}";

    public JsonNode Pod => Template["spec"]!;

    public IReadOnlyDictionary<string, string> Labels => Template.Map("/metadata/labels");

    public IReadOnlyList<JsonNode> Containers => [.. Pod.Each("/initContainers").Concat(Pod.Each("/containers"))];

    /// <summary>Names of the ports its containers declare.</summary>
    public IEnumerable<string> Ports => Containers.SelectMany(container => container.Each("/ports")).Select(port => port.Text("/name"));

    /// <summary>Whether the workload runs the project's own silo or gateway.</summary>
    public bool IsConsortium => Containers.Any(container => Image(container) == "consortium-silo");

    /// <summary>Name of a container's image, without registry and tag.</summary>
    public static string Image(JsonNode container) => container.Text("/image").Split('/')[^1].Split(':')[0];
}
