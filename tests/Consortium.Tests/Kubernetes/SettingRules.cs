using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Identifiers;

namespace Consortium.Tests.Kubernetes;

/// <summary>Settings, ports, probes and times in the manifests are ones that the program knows and keeps.</summary>
internal static class SettingRules
{
    /// <summary>
    /// Settings that the silo has beside those of <see cref="GatewaySettings"/> and that the manifests may use. This project does not see the
    /// silo, so they are listed here; the cluster's tests hold the list to what the silo reads.
    /// </summary>
    public static readonly IReadOnlyList<string> OfSilos =
    [
        "member", "host", "address", "silo-name", "silo-port", "client-port", "grpc-urls", "certificate", "certificate-key",
        "storage-connection", "storage-account", "membership-postgres", "drain-seconds",
    ];

    // A start takes a few seconds on idle cores, and many times that where a dozen containers start on two cores at once.
    private const long StartSecondsMin = 120;

    // As long as a machine that is moved, or short of memory, may keep a process from answering.
    private const long HangSecondsMin = 30;

    // Variables that the command line reads.
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

    /// <summary>Ports, files and labels that the settings name exist in the pod.</summary>
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
                ("the address of a silo is its pod's", !isSilo || Value("address") == "[status.podIP]"),
                ("the name of a silo is its pod's", !isSilo || Value("silo-name") == "[metadata.name]"),
                ("the cluster is the genesis' alone", !given.Keys.Any(name => name.StartsWith("ORLEANS", StringComparison.OrdinalIgnoreCase))),
            ];
            foreach (var fact in facts.Where(fact => !fact.Holds))
            {
                yield return $"{workload.Name}: it does not hold that {fact.What}";
            }
        }
    }

    /// <summary>Probes call paths that the program answers, and leave it the time that a start takes on a busy machine.</summary>
    public static IEnumerable<string> Probes(ManifestSet set)
    {
        foreach (var (workload, container) in LinkRules.Containers(set).Where(one => one.Workload.Kind != "CronJob"))
        {
            if (container["startupProbe"] is null || container["livenessProbe"] is null || container["readinessProbe"] is null)
            {
                yield return $"{workload.Name}: needs a probe of its start, one of life and one of readiness";
            }
            else if (Allowed(container["startupProbe"]!) < StartSecondsMin)
            {
                yield return $"{workload.Name}: is killed unless it starts within {Allowed(container["startupProbe"]!)} s; give it at least {StartSecondsMin}";
            }
            else if (Allowed(container["livenessProbe"]!) < HangSecondsMin)
            {
                yield return $"{workload.Name}: is killed when it does not answer for {Allowed(container["livenessProbe"]!)} s; give it at least {HangSecondsMin}";
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

    /// <summary>Kubernetes gives a pod longer to stop than the program takes to drain.</summary>
    public static IEnumerable<string> Grace(ManifestSet set) =>
        from workload in set.Workloads
        where workload.IsConsortium
        let container = workload.Containers.Single()
        let drain = long.Parse(Given(set, container).GetValueOrDefault(Variable("drain-seconds")) ?? "20", System.Globalization.CultureInfo.InvariantCulture)
        let before = container.Number("/lifecycle/preStop/sleep/seconds") ?? 0
        where (workload.Pod.Number("/terminationGracePeriodSeconds") ?? 30) < drain + before + 10
        select $"{workload.Name}: must be given at least 10 seconds more than {before} before it drains and {drain} of draining";

    // Seconds of failing before a probe acts; where the manifest is silent, with the defaults of Kubernetes.
    private static long Allowed(JsonNode probe) => (probe.Number("/periodSeconds") ?? 10) * (probe.Number("/failureThreshold") ?? 3);

    private static string Variable(string name) => "CONSORTIUM_" + name.Replace('-', '_').ToUpperInvariant();

    // Values from outside the manifests are empty; a field of the pod is given as its path, in brackets.
    private static Dictionary<string, string> Given(ManifestSet set, JsonNode container) =>
        PodEnvironment.Of(set, container, path => $"[{path}]", (_, _, _) => string.Empty);
}
