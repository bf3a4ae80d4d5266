using System.Text;
using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>Rules that keep each pod's rights as few as it needs.</summary>
internal static class HardeningRules
{
    private static readonly (string Path, string Value)[] OfPods =
    [
        ("/securityContext/runAsNonRoot", "true"),
        ("/securityContext/seccompProfile/type", "RuntimeDefault"),
        ("/enableServiceLinks", "false"),
    ];

    private static readonly (string Path, string Value)[] OfContainers =
    [
        ("/securityContext/allowPrivilegeEscalation", "false"),
        ("/securityContext/readOnlyRootFilesystem", "true"),
        ("/securityContext/capabilities/drop", """["ALL"]"""),
        ("/imagePullPolicy", "IfNotPresent"),
    ];

    public static IEnumerable<string> Contexts(ManifestSet set)
    {
        foreach (var workload in set.Workloads)
        {
            var faults = Differences(workload.Pod, OfPods)
                .Concat(workload.Containers.SelectMany(container => Differences(container, OfContainers)));
            foreach (var fault in faults)
            {
                yield return $"{workload.Name}: {fault}";
            }

            if (workload.Pod.Number("/securityContext/runAsUser") is null or 0 || (workload.IsConsortium && workload.Pod.Number("/securityContext/runAsUser") != 1654))
            {
                yield return $"{workload.Name}: /securityContext/runAsUser must be the image's user, 1654 for the project's own";
            }

            if (workload.Containers.Any(container => container.At("/securityContext/capabilities/add") is not null || container.At("/securityContext/privileged") is not null)
                || workload.Pod.Each("/volumes").Any(volume => volume["hostPath"] is not null)
                || workload.Pod["hostNetwork"] is not null)
            {
                yield return $"{workload.Name}: takes more than a pod of this project needs";
            }
        }
    }

    /// <summary>Nobody talks to the Kubernetes API: no pod has a token for it, and no account a right.</summary>
    public static IEnumerable<string> Tokens(ManifestSet set)
    {
        foreach (var workload in set.Workloads)
        {
            var account = set.Find("ServiceAccount", workload.Pod.Text("/serviceAccountName"));
            if ((workload.Pod["automountServiceAccountToken"] ?? account?["automountServiceAccountToken"]).Text() != "false")
            {
                yield return $"{workload.Name}: gets a token for the Kubernetes API, which it does not call";
            }
        }

        foreach (var right in set.All.Where(manifest => manifest.Text("/apiVersion").StartsWith("rbac.authorization.k8s.io/", StringComparison.Ordinal)))
        {
            yield return $"{right.Text("/kind")} {right.Text("/metadata/name")}: gives a right at the Kubernetes API, which nothing here calls";
        }
    }

    public static IEnumerable<string> Resources(ManifestSet set)
    {
        string[] needed = ["/resources/requests/cpu", "/resources/requests/memory", "/resources/limits/memory"];
        return from one in LinkRules.Containers(set)
               from path in needed
               where one.Container.At(path) is null
               select $"{one.Workload.Name}: {path} is not set";
    }

    public static IEnumerable<string> Images(ManifestSet set) =>
        from one in LinkRules.Containers(set)
        let image = one.Container.Text("/image").Split('/')[^1].Split(':')
        where image.Length != 2 || image[1].Length == 0 || image[1] == "latest"
        select $"{one.Workload.Name}: the image {one.Container.Text("/image")} has no tag that stays";

    /// <summary>Secrets are given by reference only. The one exception is the emulator's key, which is public knowledge.</summary>
    public static IEnumerable<string> Secrets(ManifestSet set) =>
        from secret in set.OfKind("Secret")
        from value in secret.Map("/data")
        where !IsOfEmulator(value.Value)
        select $"Secret {secret.Text("/metadata/name")}: has a value in the manifests";

    private static bool IsOfEmulator(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Contains("AccountName=devstoreaccount1;", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Differences(JsonNode node, (string Path, string Value)[] expected) =>
        from one in expected
        let actual = node.At(one.Path) is JsonArray list ? list.ToJsonString() : node.Text(one.Path)
        where !string.Equals(actual, one.Value, StringComparison.OrdinalIgnoreCase)
        select $"{one.Path} must be {one.Value}";
}
