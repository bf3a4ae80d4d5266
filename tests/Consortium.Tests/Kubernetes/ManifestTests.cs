using Consortium.Gateway.Demo;
using Consortium.Ledger.Identifiers;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>The overlays keep every rule, and every rule reports the damage that it is for.</summary>
public sealed class ManifestTests
{
    private const string Silo = "StatefulSet silo-alder-works";
    private const string Gateway = "Deployment gateway";
    private const string Container = "/spec/template/spec/containers/0";

    internal static readonly string[] OverlayNames = ["local", "azure", "azure-postgres"];

    public static TheoryData<string> Overlays { get; } = [.. OverlayNames];

    public static TheoryData<Damage> Damages { get; } =
    [
        // Schemas.
        new("unknown field", Silo, "/spec/podManagmentPolicy", "\"Parallel\"", "/spec/podManagmentPolicy is no field"),
        new("unknown field in a list", Gateway, Container + "/ports/0/port", "8080", "/ports/0/port is no field"),
        new("wrong type", Gateway, "/spec/replicas", "\"2\"", "/spec/replicas must be integer"),
        new("wrong type in a map", "ConfigMap settings", "/data/CONSORTIUM_DRAIN_SECONDS", "20", "/data/CONSORTIUM_DRAIN_SECONDS must be string"),
        new("too large a number", Gateway, "/spec/replicas", "3000000000", "/spec/replicas is no int32"),
        new("missing field", Silo, "/spec/selector", null, "/spec/selector is missing"),
        new("missing field in a list", Gateway, Container + "/ports/0/containerPort", null, "/ports/0/containerPort is missing"),
        new("missing name", "Service http", "/metadata/name", null, "metadata.name is missing"),
        new("unknown kind", "Service http", "/kind", "\"Servic\"", "no schema for v1/Servic"),
        new("value outside of its set", Gateway, Container + "/imagePullPolicy", "\"Sometimes\"", "/imagePullPolicy must be one of"),
        new("secret that is no base64", "Secret storage", "/data/connection", "\"AccountName=devstoreaccount1;\"", "/data/connection is no byte"),

        // Links.
        new("selector of somebody else's pods", Silo, "/spec/selector/matchLabels/consortium~1member", null, "must select its own pods alone"),
        new("service of nobody", "Service http", "/spec/selector/app.kubernetes.io~1component", "\"gate\"", "Service http: its selector selects no pod"),
        new("budget of nobody", "PodDisruptionBudget silo", "/spec/selector/matchLabels/app.kubernetes.io~1component", "\"silos\"", "PodDisruptionBudget silo: its selector selects no pod"),
        new("budget that lets two go", "PodDisruptionBudget silo", "/spec/maxUnavailable", "2", "must be in one PodDisruptionBudget"),
        new("spread that counts others", Gateway, "/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1component", "\"silo\"", "does not count its own pods"),
        new("port that no pod has", "Service grpc", "/spec/ports/0/targetPort", "\"grcp\"", "no port named 'grcp'"),
        new("port without a name", Gateway, Container + "/ports/0/name", null, "every port of a container needs a name"),
        new("probe of no port", Silo, Container + "/readinessProbe/httpGet/port", "\"htttp\"", "a probe asks port 'htttp'"),
        new("account that is not there", Silo, "/spec/template/spec/serviceAccountName", "\"silos\"", "there is no ServiceAccount silos"),
        new("service that is not there", Silo, "/spec/serviceName", "\"silos\"", "there is no Service silos"),
        new("claim that is not there", "CronJob backup", "/spec/jobTemplate/spec/template/spec/volumes/0/persistentVolumeClaim/claimName", "\"backups\"", "there is no PersistentVolumeClaim backups"),
        new("settings that are not there", Gateway, Container + "/envFrom/0/configMapRef/name", "\"setting\"", "no ConfigMap setting"),
        new("secret that nobody makes", Silo, "/spec/template/spec/volumes/1/secret/secretName", "\"alder-works-cert\"", "no Secret alder-works-cert"),
        new("key that a secret has not", Silo, "/spec/template/spec/volumes/0/secret/items/1/key", "\"pasword\"", "no Secret alder-works-keys pasword"),
        new("key that a generated secret has not", "Secret storage", "/data", "{}", "no Secret storage"),
        new("mount of no volume", Silo, Container + "/volumeMounts/0/name", "\"key\"", "mounts 'key', which is no volume"),
        new("volume that is not mounted", Silo, Container + "/volumeMounts/5", null, "the volume 'tmp' is mounted nowhere"),
        new("manifest outside of the namespace", "Service http", "/metadata/namespace", "\"default\"", "is in no namespace of the overlay"),

        // Network policies.
        new("nothing denied by default", "NetworkPolicy default-deny", "/spec/policyTypes/1", null, "no NetworkPolicy denies everything"),
        new("policy of nobody", "NetworkPolicy backup", "/spec/podSelector/matchLabels/app.kubernetes.io~1component", "\"back-up\"", "NetworkPolicy backup: selects no pod"),
        new("peer that is nobody", "NetworkPolicy silo", "/spec/ingress/0/from/0/podSelector/matchLabels/app.kubernetes.io~1name", "\"consort\"", "a peer selects no pod"),
        new("policy for no port", "NetworkPolicy silo", "/spec/ingress/0/ports/0/port", "\"sillo\"", "no port named 'sillo'"),
        new("every port open", "NetworkPolicy gateway", "/spec/ingress/0/ports", null, "opens every port"),
        new("out but not in", "NetworkPolicy silo", "/spec/ingress/1", null, "Deployment gateway may call 'client' of StatefulSet silo-alder-works, which does not let it in"),
        new("in but not out of another namespace", "NetworkPolicy gateway", "/spec/egress/0/to/1", null, "lets Deployment gateway of another namespace call 'client', which may not go out"),
        new("silos of one namespace only", "NetworkPolicy silo", "/spec/egress/0/to/1", null, "egress of 'silo' for StatefulSet silo-harbor-capital ends at the namespace"),
        new("namespace that others do not know", "Namespace consortium", "/metadata/labels/consortium~1members", null, "members may have namespaces of their own"),
        new("in but not out", "NetworkPolicy telemetry", "/spec/podSelector/matchExpressions/0/values/1", null, "lets Deployment gateway call 'otlp', which may not go out"),

        // Hardening.
        new("root", Silo, "/spec/template/spec/securityContext/runAsNonRoot", "false", "/securityContext/runAsNonRoot must be true"),
        new("user 0", "Deployment collector", "/spec/template/spec/securityContext/runAsUser", "0", "must be the image's user"),
        new("another user than the image's", Gateway, "/spec/template/spec/securityContext/runAsUser", "1000", "must be the image's user"),
        new("root filesystem that can be written", "StatefulSet azurite", Container + "/securityContext/readOnlyRootFilesystem", "false", "/securityContext/readOnlyRootFilesystem must be true"),
        new("capabilities kept", Silo, Container + "/securityContext/capabilities", null, "/securityContext/capabilities/drop must be"),
        new("capability added", Silo, Container + "/securityContext/capabilities/add", "[\"NET_ADMIN\"]", "takes more than a pod of this project needs"),
        new("privilege", "CronJob backup", "/spec/jobTemplate/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation", "true", "/securityContext/allowPrivilegeEscalation must be false"),
        new("no seccomp", Gateway, "/spec/template/spec/securityContext/seccompProfile", null, "/securityContext/seccompProfile/type must be RuntimeDefault"),
        new("folder of the machine", Gateway, "/spec/template/spec/volumes/3", """{"name":"data","hostPath":{"path":"/"}}""", "takes more than a pod of this project needs"),
        new("token that nothing needs", Silo, "/spec/template/spec/automountServiceAccountToken", "true", "gets a token for the Kubernetes API"),
        new("right that nothing needs", "ServiceAccount silo", "/apiVersion", "\"rbac.authorization.k8s.io/v1\"", "gives a right at the Kubernetes API"),
        new("no request", "StatefulSet azurite", Container + "/resources/requests/cpu", null, "/resources/requests/cpu is not set"),
        new("no limit", Gateway, Container + "/resources/limits", null, "/resources/limits/memory is not set"),
        new("latest image", Gateway, Container + "/image", "\"consortium-silo:latest\"", "has no tag that stays"),
        new("image without a tag", "Deployment collector", Container + "/image", "\"otel/opentelemetry-collector\"", "has no tag that stays"),
        new("secret in the manifests", "Secret storage", "/data/connection", "\"QWNjb3VudEtleT1teSBvd24=\"", "has a value in the manifests"),

        // Settings.
        new("unknown setting", "ConfigMap settings", "/data/CONSORTIUM_MINING_THREAD", "\"1\"", "CONSORTIUM_MINING_THREAD is no setting"),
        new("setting out of range", "ConfigMap silo-settings", "/data/CONSORTIUM_MINING_DUTY_PERCENT", "\"200\"", "CONSORTIUM_MINING_DUTY_PERCENT must be"),
        new("setting of the silo given to the command line", "CronJob backup", "/spec/jobTemplate/spec/template/spec/containers/0/env/3/name", "\"CONSORTIUM_DATA\"", "CONSORTIUM_DATA is no setting"),
        new("member that is no LEI", Silo, Container + "/env/0/value", "\"5299000DEMOWORKS0217\"", "member is an LEI"),
        new("member left to the overlay", Gateway, Container + "/env/0/value", "\"set-by-the-overlay\"", "member is an LEI"),
        new("another port than the pod's", "ConfigMap settings", "/data/CONSORTIUM_URLS", "\"http://0.0.0.0:8082\"", "urls is the port http"),
        new("another silo port than the pod's", "ConfigMap silo-settings", "/data/CONSORTIUM_SILO_PORT", "\"11112\"", "silo-port is the port silo"),
        new("no storage", Silo, Container + "/env/6", null, "one of storage-connection and storage-account is given"),
        new("file on no volume", "ConfigMap settings", "/data/CONSORTIUM_GENESIS", "\"/etc/genesis.bin\"", "files are on volumes"),
        new("telemetry to nobody", "Service collector", "/spec/ports/0/port", "4317", "telemetry goes to a service"),
        new("silo that advertises no address", Silo, Container + "/env/3", null, "the address of a silo is its pod's"),
        new("silo that advertises another address", Silo, Container + "/env/3/value", "\"127.0.0.1\"", "the address of a silo is its pod's"),
        new("silo that advertises its machine's address", Silo, Container + "/env/2/valueFrom/fieldRef/fieldPath", "\"status.hostIP\"", "the address of a silo is its pod's"),
        new("silo with a name of its own", Silo, Container + "/env/4/value", "\"silo\"", "the name of a silo is its pod's"),
        new("cluster named beside the genesis", Gateway, Container + "/env/2/name", "\"Orleans__ClusterId\"", "the cluster is the genesis' alone"),
        new("probe of no route", Silo, Container + "/readinessProbe/httpGet/path", "\"/healthz\"", "probes must ask /health/live for life and /health/ready"),
        new("no probe of life", "StatefulSet azurite", Container + "/livenessProbe", null, "needs a probe of its start, one of life and one of readiness"),
        new("no probe of the start", "Deployment collector", Container + "/startupProbe", null, "needs a probe of its start, one of life and one of readiness"),
        new("killed while it starts", Silo, Container + "/startupProbe/failureThreshold", "30", "is killed unless it starts within 60 s"),
        new("killed for being busy", Silo, Container + "/livenessProbe/failureThreshold", "1", "is killed when it does not answer for 10 s"),
        new("killed while it drains", Gateway, "/spec/template/spec/terminationGracePeriodSeconds", "30", "must be given at least 10 seconds more"),
        new("longer drain than the pod is given", "ConfigMap settings", "/data/CONSORTIUM_DRAIN_SECONDS", "\"55\"", "must be given at least 10 seconds more"),
    ];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void An_overlay_keeps_every_rule(string overlay) => Assert.Empty(ManifestRules.Check(ManifestSet.Render(overlay)));

    [Theory]
    [MemberData(nameof(Damages))]
    public void Each_rule_finds_what_breaks_it(Damage damage)
    {
        var set = ManifestSet.Render("local");
        damage.Apply(set);
        Assert.Contains(ManifestRules.Check(set), fault => fault.Contains(damage.Fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_member_of_the_local_networks_genesis_has_its_own_secrets_and_silo()
    {
        var silos = ManifestSet.Render("local").Workloads.Where(workload => workload.Name.Contains("silo-", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            DemoNetwork.Members.Select(member => $"{member.Name} {Lei.FromParts(member.LeiParts)}").Order(StringComparer.Ordinal),
            silos.Select(silo => $"{silo.Labels["consortium/member"]} {silo.Containers[0].Text("/env/0/value")}").Order(StringComparer.Ordinal));
        Assert.All(silos, silo =>
        {
            var member = silo.Labels["consortium/member"];
            Assert.Equal($"StatefulSet silo-{member}", silo.Name);
            Assert.Equal($"{member}-keys", silo.Pod.Text("/volumes/0/secret/secretName"));
            Assert.Equal($"{member}-certificate", silo.Pod.Text("/volumes/1/secret/secretName"));
        });
    }

    [Fact]
    public void Only_overlays_name_a_namespace() => Assert.All(
        SourceTree.Files("k8s", "*.yaml").Where(path => !path.StartsWith("k8s/overlays/", StringComparison.Ordinal)),
        path => Assert.DoesNotContain(
            Yaml.Read(SourceTree.Read(path)).SelectMany(document => document.Objects()),
            map => map.ContainsKey("namespace")));

    [Fact]
    public void Pods_on_azure_open_storage_by_their_identity()
    {
        var set = ManifestSet.Render("azure");
        Assert.Empty(set.OfKind("Secret"));
        foreach (var workload in set.Workloads)
        {
            var account = set.Find("ServiceAccount", workload.Pod.Text("/serviceAccountName"));
            Assert.Equal(workload.IsConsortium ? "true" : string.Empty, workload.Labels.GetValueOrDefault("azure.workload.identity/use", string.Empty));
            Assert.Equal(workload.IsConsortium, account.Map("/metadata/annotations").ContainsKey("azure.workload.identity/client-id"));
        }
    }
}
