using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>Rules about references between manifests; each returns the faults that it finds.</summary>
internal static class LinkRules
{
    /// <summary>Every selector matches the pods that it is meant for, and no others.</summary>
    public static IEnumerable<string> Selectors(ManifestSet set)
    {
        foreach (var workload in set.Workloads.Where(workload => workload.Kind != "CronJob"))
        {
            var selected = set.Selected(workload.Manifest.At("/spec/selector"));
            if (selected is not [var only] || only != workload)
            {
                yield return $"{workload.Name}: its selector must select its own pods alone, not [{string.Join(", ", selected.Select(one => one.Name))}]";
            }
        }

        foreach (var manifest in set.OfKind("Service"))
        {
            if (ServicePods(set, manifest).Count == 0)
            {
                yield return $"Service {manifest.Text("/metadata/name")}: its selector selects no pod";
            }
        }

        foreach (var manifest in set.OfKind("PodDisruptionBudget").Where(manifest => set.Selected(manifest.At("/spec/selector")).Count == 0))
        {
            yield return $"PodDisruptionBudget {manifest.Text("/metadata/name")}: its selector selects no pod";
        }

        foreach (var (workload, constraint) in set.Workloads.SelectMany(workload => workload.Pod.Each("/topologySpreadConstraints").Select(constraint => (workload, constraint))))
        {
            if (!ManifestSet.Matches(constraint["labelSelector"], workload.Labels))
            {
                yield return $"{workload.Name}: spread over {constraint.Text("/topologyKey")} does not count its own pods";
            }
        }
    }

    /// <summary>Silos and gateways can be moved one at a time.</summary>
    public static IEnumerable<string> Budgets(ManifestSet set) =>
        from workload in set.Workloads
        where workload.IsConsortium
        let budgets = set.OfKind("PodDisruptionBudget").Where(budget => ManifestSet.Matches(budget.At("/spec/selector"), workload.Labels)).ToList()
        where budgets is not [var budget] || budget.Number("/spec/maxUnavailable") != 1
        select $"{workload.Name}: must be in one PodDisruptionBudget with maxUnavailable 1";

    /// <summary>Ports named by services, probes and policies are ports of the pods meant.</summary>
    public static IEnumerable<string> Ports(ManifestSet set)
    {
        foreach (var service in set.OfKind("Service"))
        {
            foreach (var (port, pod) in service.Each("/spec/ports").SelectMany(port => ServicePods(set, service).Select(pod => (port, pod))))
            {
                if (!pod.Ports.Contains(port.Text("/targetPort"), StringComparer.Ordinal))
                {
                    yield return $"Service {service.Text("/metadata/name")}: {pod.Name} has no port named '{port.Text("/targetPort")}'";
                }
            }
        }

        foreach (var (workload, container) in Containers(set))
        {
            var ports = container.Each("/ports").Select(port => port.Text("/name")).ToList();
            if (ports.Contains(string.Empty, StringComparer.Ordinal) || ports.Distinct(StringComparer.Ordinal).Count() != ports.Count)
            {
                yield return $"{workload.Name}: every port of a container needs a name of its own";
            }

            foreach (var probe in Probes(container).Where(probe => !ports.Contains(Port(probe), StringComparer.Ordinal)))
            {
                yield return $"{workload.Name}: a probe asks port '{Port(probe)}', which the container does not declare";
            }
        }
    }

    /// <summary>Everything that a manifest names exists: accounts, roles, claims, services, settings and secrets.</summary>
    /// <param name="set">The manifests.</param>
    /// <param name="byHand">Whether the operator's guide says how to create an object: kind, name, key.</param>
    public static IEnumerable<string> Names(ManifestSet set, Func<string, string, string, bool> byHand)
    {
        foreach (var workload in set.Workloads)
        {
            var named = new List<(string Kind, string Name)>();
            if (workload.Pod["serviceAccountName"] is { } account)
            {
                named.Add(("ServiceAccount", account.ToString()));
            }

            if (workload.Kind == "StatefulSet")
            {
                named.Add(("Service", workload.Manifest.Text("/spec/serviceName")));
            }

            named.AddRange(workload.Pod.Each("/volumes").Where(volume => volume["persistentVolumeClaim"] is not null)
                .Select(volume => ("PersistentVolumeClaim", volume.Text("/persistentVolumeClaim/claimName"))));
            foreach (var (kind, name) in named.Where(one => set.Find(one.Kind, one.Name) is null))
            {
                yield return $"{workload.Name}: there is no {kind} {name}";
            }

            foreach (var fault in References(set, workload, byHand).Concat(Mounts(workload)))
            {
                yield return fault;
            }
        }
    }

    /// <summary>Every object with a namespace is in the namespace that the overlay creates.</summary>
    public static IEnumerable<string> Namespaces(ManifestSet set) =>
        from manifest in set.All
        where manifest.Text("/kind") != "Namespace"
        where set.OfKind("Namespace").Select(one => one.Text("/metadata/name")).SingleOrDefault() != manifest.Text("/metadata/namespace")
        select $"{manifest.Text("/kind")} {manifest.Text("/metadata/name")}: is in no namespace of the overlay";

    public static IEnumerable<(Workload Workload, JsonNode Container)> Containers(ManifestSet set) =>
        set.Workloads.SelectMany(workload => workload.Containers.Select(container => (workload, container)));

    public static IEnumerable<JsonNode> Probes(JsonNode container) =>
        new[] { container["startupProbe"], container["livenessProbe"], container["readinessProbe"] }.OfType<JsonNode>();

    private static string Port(JsonNode probe) => probe.Text("/httpGet/port") + probe.Text("/tcpSocket/port") + probe.Text("/grpc/port");

    private static IReadOnlyList<Workload> ServicePods(ManifestSet set, JsonObject service) =>
        service.Map("/spec/selector").Count == 0 ? [] : set.Selected(new JsonObject { ["matchLabels"] = service.At("/spec/selector")!.DeepClone() });

    private static IEnumerable<string> References(ManifestSet set, Workload workload, Func<string, string, string, bool> byHand)
    {
        foreach (var reference in NameReference.In(workload.Manifest))
        {
            var found = set.Find(reference.Kind, reference.Name);
            foreach (var key in reference.Keys.DefaultIfEmpty(string.Empty))
            {
                if (found is null ? !byHand(reference.Kind, reference.Name, key) : key.Length > 0 && found.At(["data", key]) is null)
                {
                    yield return $"{workload.Name}: no {reference.Kind} {reference.Name} {key}".TrimEnd();
                }
            }
        }
    }

    private static IEnumerable<string> Mounts(Workload workload)
    {
        var volumes = workload.Pod.Each("/volumes").Select(volume => volume.Text("/name"))
            .Concat(workload.Manifest.Each("/spec/volumeClaimTemplates").Select(claim => claim.Text("/metadata/name")))
            .ToList();
        var mounted = workload.Containers.SelectMany(container => container.Each("/volumeMounts")).Select(mount => mount.Text("/name")).ToList();
        return mounted.Except(volumes, StringComparer.Ordinal).Select(name => $"{workload.Name}: mounts '{name}', which is no volume")
            .Concat(volumes.Except(mounted, StringComparer.Ordinal).Select(name => $"{workload.Name}: the volume '{name}' is mounted nowhere"));
    }
}
