using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Identifiers;

namespace Consortium.Tests.Kubernetes;

/// <summary>What the manifests tell the program is something it knows.</summary>
internal static class SettingRules
{
    /// <summary>
    /// Settings that the silo has beside those of <see cref="GatewaySettings"/>. This edition does not see the silo, so they are
    /// listed here; what its host reads must be in this list and the other way round.
    /// </summary>
    public static readonly IReadOnlyList<string> OfSilos =
    [
        "member", "host", "kubernetes", "silo-port", "client-port", "grpc-urls", "certificate", "certificate-key",
        "storage-connection", "storage-account", "membership-postgres", "drain-seconds",
    ];

    // What the command line reads from its environment.
    private static readonly string[] OfCommandLine = ["CONSORTIUM_URL", "CONSORTIUM_TOKEN"];

    public static IEnumerable<string> Environment(ManifestSet set)
    {
        var known = GatewaySettings.All.Select(setting => setting.Name).Concat(OfSilos).Select(Variable).ToHashSet(StringComparer.Ordinal);
        foreach (var (workload, container) in LinkRules.Containers(set))
        {
            var names = Workload.Image(container) == "consortium-cli" ? [.. OfCommandLine] : known;
            var given = Given(set, container);
            foreach (var name in given.Keys.Where(name => name.StartsWith("CONSORTIUM_", StringComparison.Ordinal) && !names.Contains(name)))
            {
                yield return $"{workload.Name}: {name} is no setting";
            }

            foreach (var setting in GatewaySettings.All.Where(setting => given.GetValueOrDefault(setting.Variable) is { Length: > 0 }))
            {
                if (setting.Apply(new GatewayOptions(), given[setting.Variable]) is null)
                {
                    yield return $"{workload.Name}: {setting.Variable} must be {setting.Range}, not {given[setting.Variable]}";
                }
            }
        }
    }

    /// <summary>Ports, files and labels that settings name are those of the pod.</summary>
    public static IEnumerable<string> Agreement(ManifestSet set)
    {
        foreach (var workload in set.Workloads.Where(workload => workload.IsConsortium))
        {
            var container = workload.Containers.Single();
            var given = Given(set, container);
            var ports = container.Each("/ports").ToDictionary(port => port.Text("/name"), port => port.Text("/containerPort"), StringComparer.Ordinal);
            var mounts = container.Each("/volumeMounts").Select(mount => mount.Text("/mountPath")).ToList();
            string Value(string name) => given.GetValueOrDefault(Variable(name)) ?? string.Empty;

            var isSilo = Value("host") == "silo";
            (string What, bool Holds)[] facts =
            [
                ("member is an LEI", Lei.TryParse(Value("member"), out _)),
                ("host is silo or gateway", isSilo || Value("host") == "gateway"),
                ("urls is the port http", Value("urls") == $"http://0.0.0.0:{ports.GetValueOrDefault("http")}"),
                ("grpc-urls is the port grpc", Value("grpc-urls") == $"http://0.0.0.0:{ports.GetValueOrDefault("grpc")}"),
                ("silo-port is the port silo", !isSilo || Value("silo-port") == ports.GetValueOrDefault("silo")),
                ("client-port is the port client", !isSilo || Value("client-port") == ports.GetValueOrDefault("client")),
                ("one of storage-connection and storage-account is given", given.ContainsKey(Variable("storage-connection")) != given.ContainsKey(Variable("storage-account"))),
                ("files are on volumes", new[] { "data", "genesis", "certificate", "certificate-key", "tokens", isSilo ? "keys" : "data" }
                    .All(name => mounts.Exists(mount => (Value(name) + "/").StartsWith(mount + "/", StringComparison.Ordinal)))),
                ("telemetry goes to a service", set.OfKind("Service").Any(service => service.Each("/spec/ports").Any(port =>
                    Value("otlp-endpoint") == $"http://{service.Text("/metadata/name")}:{port.Text("/port")}"))),
                ("the pod's labels name the cluster", !isSilo || (workload.Labels.ContainsKey("orleans/serviceId") && workload.Labels.ContainsKey("orleans/clusterId"))),
                ("silos and gateways are of one cluster", given.GetValueOrDefault("ORLEANS_CLUSTER_ID") == "consortium" && given.GetValueOrDefault("ORLEANS_SERVICE_ID") == "consortium"),
            ];
            foreach (var fact in facts.Where(fact => !fact.Holds))
            {
                yield return $"{workload.Name}: it does not hold that {fact.What}";
            }
        }
    }

    /// <summary>Probes ask what the program answers.</summary>
    public static IEnumerable<string> Probes(ManifestSet set)
    {
        foreach (var (workload, container) in LinkRules.Containers(set).Where(one => one.Workload.Kind != "CronJob"))
        {
            if (container["livenessProbe"] is null || container["readinessProbe"] is null)
            {
                yield return $"{workload.Name}: needs a probe of life and one of readiness";
            }

            if (workload.IsConsortium
                && (container.Text("/startupProbe/httpGet/path") != Routes.Live
                    || container.Text("/livenessProbe/httpGet/path") != Routes.Live
                    || container.Text("/readinessProbe/httpGet/path") != Routes.Ready))
            {
                yield return $"{workload.Name}: probes must ask {Routes.Live} for life and {Routes.Ready} for readiness";
            }
        }
    }

    /// <summary>A pod is given longer than it drains.</summary>
    public static IEnumerable<string> Grace(ManifestSet set) =>
        from workload in set.Workloads
        where workload.IsConsortium
        let container = workload.Containers.Single()
        let drain = long.Parse(Given(set, container).GetValueOrDefault(Variable("drain-seconds")) ?? "20", System.Globalization.CultureInfo.InvariantCulture)
        let before = container.Number("/lifecycle/preStop/sleep/seconds") ?? 0
        where (workload.Pod.Number("/terminationGracePeriodSeconds") ?? 30) < drain + before + 10
        select $"{workload.Name}: must be given at least 10 seconds more than {before} before it drains and {drain} of draining";

    private static string Variable(string name) => "CONSORTIUM_" + name.Replace('-', '_').ToUpperInvariant();

    // What the container's environment will be; what comes from elsewhere than the manifests is empty, fields of the pod are looked up.
    private static Dictionary<string, string> Given(ManifestSet set, JsonNode container)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in container.Each("/envFrom").SelectMany(source => set.Find("ConfigMap", source.Text("/configMapRef/name")).Map("/data")))
        {
            given[name] = value;
        }

        foreach (var variable in container.Each("/env"))
        {
            given[variable.Text("/name")] = variable["value"]?.ToString() ?? Label(set, container, variable.Text("/valueFrom/fieldRef/fieldPath"));
        }

        return given;
    }

    private static string Label(ManifestSet set, JsonNode container, string path) => path.Split('\'') is ["metadata.labels[", var label, "]"]
        ? set.Workloads.First(workload => workload.Containers.Contains(container)).Labels.GetValueOrDefault(label) ?? string.Empty
        : string.Empty;
}
