using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>
/// Renders a kustomization as <c>kubectl kustomize</c> does, as far as k8s/ goes: what it uses beyond that is an error here, so that
/// the tests need no tool. Where kubectl is installed, a test compares the two.
/// </summary>
internal sealed class Kustomization
{
    private static readonly HashSet<string> Fields = new(
        ["apiVersion", "kind", "namespace", "resources", "components", "nameSuffix", "configMapGenerator", "secretGenerator", "patches", "images"],
        StringComparer.Ordinal);

    // kustomize hashes what Go writes: sorted keys, <, > and & escaped.
    private static readonly JsonSerializerOptions GoJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<JsonObject> _manifests = [];
    private readonly HashSet<JsonObject> _hashed = [];

    private Kustomization()
    {
    }

    /// <summary>The manifests of a folder, for example <c>k8s/overlays/local</c>.</summary>
    /// <exception cref="FormatException">The kustomization uses something that is not supported here.</exception>
    public static IReadOnlyList<JsonObject> Render(string folder)
    {
        var kustomization = new Kustomization();
        kustomization.Add(folder);
        kustomization.AddHashes();
        return kustomization._manifests;
    }

    private void Add(string folder)
    {
        var file = Yaml.Read(SourceTree.Read($"{folder}/kustomization.yaml")).Single().AsObject();
        var unknown = file.Select(pair => pair.Key).FirstOrDefault(name => !Fields.Contains(name));
        if (unknown is not null)
        {
            throw new FormatException($"{folder}: {unknown} is not rendered here; see Kustomization.cs.");
        }

        var inner = new Kustomization();
        foreach (var resource in file.Each("/resources").Select(node => node.ToString()))
        {
            inner.AddResource(Combine(folder, resource));
        }

        inner.Generate(folder, file, "ConfigMap", "configMapGenerator");
        inner.Generate(folder, file, "Secret", "secretGenerator");
        foreach (var component in file.Each("/components"))
        {
            inner.AddTransformed(Combine(folder, component.ToString()));
        }

        inner.Transform(folder, file);
        Take(inner);
    }

    // A component is applied to the manifests that were collected so far.
    private void AddTransformed(string folder)
    {
        var file = Yaml.Read(SourceTree.Read($"{folder}/kustomization.yaml")).Single().AsObject();
        foreach (var resource in file.Each("/resources").Select(node => node.ToString()))
        {
            AddResource(Combine(folder, resource));
        }

        Transform(folder, file);
    }

    private void AddResource(string path)
    {
        if (path.EndsWith(".yaml", StringComparison.Ordinal))
        {
            _manifests.AddRange(Yaml.Read(SourceTree.Read(path)).Select(node => node.AsObject()));
        }
        else
        {
            Add(path);
        }
    }

    private void Take(Kustomization other)
    {
        _manifests.AddRange(other._manifests);
        _hashed.UnionWith(other._hashed);
        var twice = _manifests.GroupBy(manifest => $"{manifest.Text("/kind")} {manifest.Text("/metadata/name")}", StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new FormatException($"{twice.Key} is there twice.");
        }
    }

    private void Generate(string folder, JsonObject file, string kind, string field)
    {
        foreach (var generator in file.Each("/" + field))
        {
            var data = Data(folder, generator, kind);
            if (generator.Text("/behavior") == "merge")
            {
                var merged = _manifests.Single(manifest => manifest.Text("/kind") == kind && manifest.Text("/metadata/name") == generator.Text("/name"));
                data.ToList().ForEach(pair => merged["data"]![pair.Key] = pair.Value?.DeepClone());
                continue;
            }

            var manifest = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = kind,
                ["metadata"] = new JsonObject { ["name"] = generator.Text("/name") },
                ["data"] = data,
            };
            if (kind == "Secret")
            {
                manifest["type"] = "Opaque";
            }

            if (generator.At("/options/labels") is { } labels)
            {
                manifest["metadata"]!["labels"] = labels.DeepClone();
            }

            _manifests.Add(manifest);
            if (generator.Text("/options/disableNameSuffixHash") != "true")
            {
                _hashed.Add(manifest);
            }
        }
    }

    private static JsonObject Data(string folder, JsonNode generator, string kind)
    {
        var data = new JsonObject();
        foreach (var file in generator.Each("/files").Select(node => node.ToString()))
        {
            data[Path.GetFileName(file)] = SourceTree.Read(Combine(folder, file));
        }

        foreach (var literal in generator.Each("/literals").Select(node => node.ToString().Split('=', 2)))
        {
            data[literal[0]] = kind == "Secret" ? Base64(literal[1]) : literal[1];
        }

        return data;
    }

    // kustomize breaks base64 into lines of 70 characters.
    private static string Base64(string text)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return base64.Length <= 70 ? base64 : string.Concat(base64.Chunk(70).Select(line => new string(line) + "\n"));
    }

    private void Transform(string folder, JsonObject file)
    {
        foreach (var patch in file.Each("/patches"))
        {
            var operations = Yaml.Read(SourceTree.Read(Combine(folder, patch.Text("/path")))).Single().Each(string.Empty);
            var targets = _manifests.Where(manifest => IsTarget(manifest, patch)).ToList();
            if (targets.Count == 0)
            {
                throw new FormatException($"{folder}: the patch {patch.Text("/path")} finds nothing to change.");
            }

            targets.ForEach(manifest => JsonPatch.Apply(manifest, operations));
        }

        foreach (var manifest in _manifests)
        {
            SetNamespace(manifest, file.Text("/namespace"));
            manifest["metadata"]!["name"] = manifest.Text("/metadata/name") + file.Text("/nameSuffix");
            foreach (var image in file.Each("/images"))
            {
                SetImage(manifest, image);
            }
        }
    }

    private static bool IsTarget(JsonObject manifest, JsonNode patch) =>
        manifest.Text("/kind") == patch.Text("/target/kind")
        && Regex.IsMatch(manifest.Text("/metadata/name"), $"^(?:{patch.Text("/target/name")})$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static void SetNamespace(JsonObject manifest, string name)
    {
        if (name.Length > 0)
        {
            manifest["metadata"]![manifest.Text("/kind") == "Namespace" ? "name" : "namespace"] = name;
        }
    }

    private static void SetImage(JsonObject manifest, JsonNode image)
    {
        foreach (var container in manifest.Objects().Where(map => map.Text("/image").Split(':')[0] == image.Text("/name")))
        {
            container["image"] = $"{image.Text("/newName")}:{image.Text("/newTag")}";
        }
    }

    private void AddHashes()
    {
        foreach (var manifest in _hashed)
        {
            var (kind, old) = (manifest.Text("/kind"), manifest.Text("/metadata/name"));
            var name = $"{old}-{Hash(manifest)}";
            manifest["metadata"]!["name"] = name;
            foreach (var reference in _manifests.SelectMany(NameReference.In).Where(reference => reference.Kind == kind && reference.Name == old))
            {
                reference.Rename(name);
            }
        }
    }

    private static string Hash(JsonObject manifest)
    {
        var hashed = new JsonObject
        {
            ["data"] = new JsonObject(manifest["data"]!.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
            ["kind"] = manifest.Text("/kind"),

            // kustomize means the name here, and finds none.
            ["name"] = string.Empty,
        };
        if (manifest["type"] is { } type)
        {
            hashed["type"] = type.DeepClone();
        }

        var json = hashed.ToJsonString(GoJson)
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal);

        // The letters that kustomize puts in place of some, so that no word comes about.
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..10]
            .Replace('0', 'g').Replace('1', 'h').Replace('3', 'k').Replace('a', 'm').Replace('e', 't');
    }

    private static string Combine(string folder, string path) =>
        Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(Path.Combine(SourceTree.Root, folder, path))).Replace('\\', '/');
}
