using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Consortium.Tests.Kubernetes;

/// <summary>
/// Reads YAML, and only what all its readers agree on: no key twice, no anchors, no plain word that is a truth to one version and a
/// text to another, no number with a leading zero.
/// </summary>
internal static partial class Yaml
{
    /// <summary>The documents of a text.</summary>
    /// <exception cref="FormatException">It is no such YAML.</exception>
    public static IReadOnlyList<JsonNode> Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new FormatException($"line {exception.Start.Line}: {exception.Message}", exception);
        }

        return [.. stream.Documents.Select(document => Node(document.RootNode)).OfType<JsonNode>()];
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        { Anchor.IsEmpty: false } => throw new FormatException($"line {node.Start.Line}: anchors are not used here."),
        YamlMappingNode map => new JsonObject(map.Children.Select(pair =>
            new KeyValuePair<string, JsonNode?>(((YamlScalarNode)pair.Key).Value!, Node(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => throw new FormatException($"line {node.Start.Line}: {node.NodeType} is not used here."),
    };

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var value = scalar.Value ?? string.Empty;
        return scalar.Style is not ScalarStyle.Plain ? JsonValue.Create(value)
            : value is "true" or "false" ? JsonValue.Create(value == "true")
            : value is "" or "null" or "~" ? null
            : Ambiguous().IsMatch(value) ? throw new FormatException($"line {scalar.Start.Line}: quote {value}: not every reader takes it for a text.")
            : Integer().IsMatch(value) ? JsonValue.Create(long.Parse(value, CultureInfo.InvariantCulture))
            : Fraction().IsMatch(value) ? JsonValue.Create(double.Parse(value, CultureInfo.InvariantCulture))
            : JsonValue.Create(value);
    }

    [GeneratedRegex("^-?(0|[1-9][0-9]*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^-?[0-9]+\.[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Fraction();

    [GeneratedRegex("^(y|n|yes|no|on|off|true|false|null|0[0-9_]+|0[xo].*|[0-9][0-9_]*(:[0-5]?[0-9])+|[0-9.]+e[0-9+-]+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Ambiguous();
}
