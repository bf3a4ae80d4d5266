using System.Diagnostics;
using System.Text.Json.Nodes;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>The rendering of the tests equals that of kubectl.</summary>
public sealed class RenderTests
{
    [KubectlTheory]
    [MemberData(nameof(ManifestTests.Overlays), MemberType = typeof(ManifestTests))]
    public async Task Kubectl_renders_the_same(string overlay)
    {
        var start = new ProcessStartInfo(KubectlTheoryAttribute.Path!, ["kustomize", $"k8s/overlays/{overlay}"])
        {
            WorkingDirectory = SourceTree.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var kubectl = Process.Start(start)!;
        var (output, error) = (kubectl.StandardOutput.ReadToEndAsync(), kubectl.StandardError.ReadToEndAsync());
        await kubectl.WaitForExitAsync();
        Assert.True(kubectl.ExitCode == 0, await error);

        var expected = ByName(Yaml.Read(await output).Select(node => node.AsObject()));
        var actual = ByName(Kustomization.Render($"k8s/overlays/{overlay}"));
        Assert.Equal(expected.Keys, actual.Keys, StringComparer.Ordinal);
        Assert.All(expected, pair => Assert.True(
            JsonNode.DeepEquals(pair.Value, actual[pair.Key]),
            $"{pair.Key}\nkubectl: {pair.Value.ToJsonString()}\nhere:    {actual[pair.Key].ToJsonString()}"));
    }

    [Theory]
    [InlineData("a: yes", "quote yes")]
    [InlineData("a: 0440", "quote 0440")]
    [InlineData("a: 1\na: 2", "line 2")]
    [InlineData("a: &x 1\nb: *x", "anchors")]
    public void Yaml_that_readers_take_differently_is_refused(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => Yaml.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_patch_that_no_longer_fits_is_refused() => Assert.Throws<FormatException>(() => JsonPatch.Apply(
        JsonNode.Parse("""{"env":[{"name":"B"}]}""")!,
        [JsonNode.Parse("""{"op":"test","path":"/env/0/name","value":"A"}""")!]));

    [Fact]
    public void Every_file_of_the_folder_is_rendered_or_the_guide()
    {
        var used = SourceTree.Files("k8s", "kustomization.yaml")
            .SelectMany(path => Yaml.Read(SourceTree.Read(path)).Single().Objects()
                .SelectMany(map => map).SelectMany(pair => pair.Value is JsonArray list ? list.Select(one => one.Text()) : [pair.Value is JsonValue ? pair.Value.Text() : string.Empty])
                .Select(file => Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(Path.Combine(SourceTree.Root, Path.GetDirectoryName(path)!, file))).Replace('\\', '/'))
                .Append(path))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(SourceTree.Files("k8s", "*").Except(used, StringComparer.Ordinal).Except([Guide.Path, "k8s/overlays/local/secrets.sh"], StringComparer.Ordinal));
    }

    private static SortedDictionary<string, JsonObject> ByName(IEnumerable<JsonObject> manifests) => new(
        manifests.ToDictionary(manifest => $"{manifest.Text("/kind")} {manifest.Text("/metadata/name")}", StringComparer.Ordinal),
        StringComparer.Ordinal);
}
