using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Consortium.Cluster.Tests.Harness;
using Consortium.Tests.Kubernetes;

namespace Consortium.Cluster.Tests.Kubernetes;

/// <summary>A pod of a rendered overlay as a process of this machine: its environment and arguments, its volumes as folders, its ports as free ones.</summary>
internal static class RenderedPod
{
    // Below those that the system gives to outgoing connections, of which silos that start have many: a port of theirs may be taken between
    // its choice and its use.
    private const int PortMin = 12_000;
    private const int PortMax = 30_000;
    private static int _port = RandomNumberGenerator.GetInt32(PortMin, PortMax);

    /// <summary>Makes the process that the first pod of a workload would be.</summary>
    /// <param name="set">The manifests.</param>
    /// <param name="workload">The StatefulSet or Deployment.</param>
    /// <param name="folder">The folder for the pod's volumes.</param>
    /// <param name="address">The pod's address.</param>
    /// <param name="byHand">The content of objects that the operator creates, by kind, name and key.</param>
    /// <param name="variables">Variables that are something else here; <see langword="null"/> removes one.</param>
    /// <returns>The process, not started.</returns>
    public static SiloUnderTest Create(
        ManifestSet set,
        Workload workload,
        string folder,
        string address,
        IReadOnlyDictionary<(string Kind, string Name, string Key), byte[]> byHand,
        IReadOnlyDictionary<string, string?> variables)
    {
        var container = Assert.Single(workload.Containers);

        // The image's entry point is the program; a command would be another one.
        Assert.Null(container["command"]);
        var name = workload.Manifest.Text("/metadata/name") + (workload.Kind == "StatefulSet" ? "-0" : "-7d9c5b6f4-x2x8p");
        var ports = container.Each("/ports").ToDictionary(port => port.Text("/containerPort"), _ => FormattableString.Invariant($"{FreePort()}"), StringComparer.Ordinal);
        var mounts = container.Each("/volumeMounts").ToDictionary(
            mount => mount.Text("/mountPath"),
            mount => Mount(workload, mount.Text("/name"), Path.Combine(folder, name, mount.Text("/name")), byHand),
            StringComparer.Ordinal);
        var environment = Environment(set, container, name, address, byHand)
            .ToDictionary(pair => pair.Key, pair => OfThisMachine(pair.Value, ports, mounts), StringComparer.Ordinal);
        foreach (var (variable, value) in variables)
        {
            environment.Remove(variable);
            if (value is not null)
            {
                environment[variable] = value;
            }
        }

        var http = container.Each("/ports").Single(port => port.Text("/name") == "http").Text("/containerPort");
        return new SiloUnderTest(name, new Uri($"http://127.0.0.1:{ports[http]}"), [.. container.Each("/args").Select(argument => argument.ToString())], environment);
    }

    /// <summary>The environment with which Kubernetes starts a container.</summary>
    public static Dictionary<string, string> Environment(
        ManifestSet set,
        JsonNode container,
        string pod,
        string address,
        IReadOnlyDictionary<(string Kind, string Name, string Key), byte[]> byHand) => PodEnvironment.Of(
            set,
            container,
            path => path switch
            {
                "metadata.name" => pod,
                "status.podIP" => address,
                _ => throw new InvalidOperationException($"The field {path} of a pod is not known here: add it, with what Kubernetes would say."),
            },
            (kind, name, key) => byHand.TryGetValue((kind, name, key), out var content) ? Encoding.UTF8.GetString(content) : null);

    private static int FreePort()
    {
        for (; ; )
        {
            var port = PortMin + ((Interlocked.Increment(ref _port) - PortMin) % (PortMax - PortMin));
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another process has the port.
            }
        }
    }

    // A port at the end of a value, or a path below a mount.
    private static string OfThisMachine(string value, Dictionary<string, string> ports, Dictionary<string, string> mounts)
    {
        if (mounts.FirstOrDefault(mount => (value + "/").StartsWith(mount.Key + "/", StringComparison.Ordinal)) is { Key: { } path, Value: { } folder })
        {
            return folder + value[path.Length..];
        }

        var colon = value.LastIndexOf(':') + 1;
        return ports.TryGetValue(value[colon..], out var port) ? value[..colon] + port : value;
    }

    // As the kubelet does for a pod with an fsGroup: files behind two links, with the mode that the manifest says.
    private static string Mount(
        Workload workload,
        string volumeName,
        string folder,
        IReadOnlyDictionary<(string Kind, string Name, string Key), byte[]> byHand)
    {
        Directory.CreateDirectory(folder);
        var volume = workload.Pod.Each("/volumes").SingleOrDefault(volume => volume.Text("/name") == volumeName);
        var (kind, name, source) = volume?["secret"] is { } secret
            ? ("Secret", secret.Text("/secretName"), secret)
            : ("ConfigMap", volume.Text("/configMap/name"), volume?["configMap"]);
        if (source is null)
        {
            return folder;
        }

        var content = byHand.Where(pair => pair.Key.Kind == kind && pair.Key.Name == name).ToDictionary(pair => pair.Key.Key, pair => pair.Value, StringComparer.Ordinal);
        Assert.True(content.Count > 0, $"{workload.Name} mounts the {kind} {name}, which nobody made.");
        var paths = source["items"] is null
            ? content.Keys.ToDictionary(key => key, key => key, StringComparer.Ordinal)
            : source.Each("/items").ToDictionary(item => item.Text("/key"), item => item.Text("/path"), StringComparer.Ordinal);
        var mode = (UnixFileMode)(source.Number("/defaultMode") ?? Convert.ToInt64("644", 8));
        var data = Directory.CreateDirectory(Path.Combine(folder, "..data")).FullName;
        foreach (var (key, path) in paths)
        {
            File.WriteAllBytes(Path.Combine(data, path), content[key]);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path.Combine(data, path), mode);
            }

            File.CreateSymbolicLink(Path.Combine(folder, path), Path.Combine("..data", path));
        }

        return folder;
    }
}
