using System.Text.RegularExpressions;
using System.Xml.Linq;
using Consortium.Api;
using Consortium.Cli;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Tidy;

/// <summary>Conventions that the compiler does not check; these tests read the source tree.</summary>
public sealed partial class TidyTests
{
    private static readonly string[] ProjectFolders = ["grains", "silos", "gateway"];
    private static readonly string[] SourcePatterns = ["*.cs", "*.proto", "*.csproj", "*.md"];

    // What a project may reference directly. Gateway has the client for its demo, which goes through HTTP.
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["Consortium.Ledger"] = [],
        ["Consortium.Consensus"] = ["Ledger"],
        ["Consortium.Grains"] = ["Consensus"],
        ["Consortium.Storage"] = ["Consensus"],
        ["Consortium.Silo"] = ["Gateway", "Grains", "Storage"],
        ["Consortium.Api"] = ["Ledger"],
        ["Consortium.Gateway"] = ["Api", "Client", "Consensus"],
        ["Consortium.Client"] = ["Api"],
        ["Consortium.Cli"] = ["Client"],
    };

    [Fact]
    public void Every_kind_of_transaction_has_a_verb_and_json_fields()
    {
        var kinds = TransactionCatalogue.All.Select(rules => rules.Name).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(kinds, CommandLine.KindVerbs.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(kinds, TransactionJson.All.Select(json => json.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Ledger_source_has_no_floating_point()
    {
        foreach (var path in SourceTree.Files("grains/Consortium.Ledger", "*.cs"))
        {
            var code = StringsAndComments().Replace(SourceTree.Read(path), " ");
            var match = FloatingPoint().Match(code);
            Assert.False(match.Success, $"{path}: '{match.Value.Trim()}'. Amounts and ratios are whole numbers; see Amount and Allocation.");
        }
    }

    [Theory]
    [InlineData("double x;", true)]
    [InlineData("var x = 1.5;", true)]
    [InlineData("var x = 1e3;", true)]
    [InlineData("var x = 2f;", true)]
    [InlineData("var x = 10m;", true)]
    [InlineData("Math.Sqrt(3d)", true)]
    [InlineData("System.Single y", true)]
    [InlineData("var x = 0x1e3f; // a double", false)]
    [InlineData("\"1.5 float\"", false)]
    [InlineData("DoubleSha256.Hash(1..3, lots[1..])", false)]
    public void Floating_point_is_recognised(string code, bool found) =>
        Assert.Equal(found, FloatingPoint().IsMatch(StringsAndComments().Replace(code, " ")));

    [Fact]
    public void Projects_reference_only_what_the_design_lets_them()
    {
        var projects = ProjectFolders.SelectMany(folder => SourceTree.Files(folder, "*.csproj")).ToArray();
        Assert.NotEmpty(projects);
        foreach (var path in projects)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            Assert.True(MayReference.TryGetValue(name, out var allowed), $"{path} may reference nothing yet: say here what it may.");
            var project = XDocument.Parse(SourceTree.Read(path));
            var references = project.Descendants("ProjectReference").Select(item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.All(references, reference => Assert.True(
                allowed.Contains(reference["Consortium.".Length..], StringComparer.Ordinal), $"{name} may not reference {reference}."));
        }
    }

    [Fact]
    public void The_ledger_uses_no_package_but_protobuf()
    {
        var project = XDocument.Parse(SourceTree.Read("grains/Consortium.Ledger/Consortium.Ledger.csproj"));
        Assert.Equal(
            ["Google.Protobuf", "Grpc.Tools"],
            project.Descendants("PackageReference").Select(item => item.Attribute("Include")!.Value),
            StringComparer.Ordinal);
        Assert.Equal(
            "all",
            project.Descendants("PackageReference").Single(item => item.Attribute("Include")!.Value == "Grpc.Tools").Attribute("PrivateAssets")!.Value);
    }

    [Fact]
    public void Markdown_files_have_one_top_level_heading_and_it_comes_first()
    {
        foreach (var path in SourceTree.Files(".", "*.md"))
        {
            var lines = CodeBlocks().Replace(SourceTree.Read(path), string.Empty).Split('\n');
            Assert.True(lines[0].StartsWith("# ", StringComparison.Ordinal), $"{path} does not begin with a heading.");
            Assert.True(lines.Count(line => line.StartsWith("# ", StringComparison.Ordinal)) == 1, $"{path} has more than one top-level heading.");
        }
    }

    [Fact]
    public void Nothing_is_left_to_do()
    {
        foreach (var path in SourcePatterns.SelectMany(pattern => SourceTree.Files(".", pattern)))
        {
            var match = LeftToDo().Match(SourceTree.Read(path));
            Assert.False(match.Success, $"{path}: {match.Value}. Do it, or open an issue.");
        }
    }

    [Fact]
    public void Every_kind_stands_in_the_enum_the_catalogue_the_records_the_proto_and_the_vectors()
    {
        var kinds = Enum.GetValues<TransactionKind>();
        Assert.Equal(kinds, TransactionCatalogue.All.Select(rules => rules.Kind));

        var records = typeof(TransactionBody).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TransactionBody))).ToArray();
        Assert.All(records, record => Assert.True(record.IsSealed, record.Name));
        Assert.Equal(kinds.Select(kind => kind.ToString()).Order(StringComparer.Ordinal), records.Select(record => record.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        var arms = Consortium.Ledger.Wire.Payload.Descriptor.Oneofs.Single(oneof => oneof.Name == "body").Fields;
        Assert.Equal(
            TransactionCatalogue.All.Select(rules => ((int)rules.Kind, rules.Name)),
            arms.OrderBy(arm => arm.FieldNumber).Select(arm => (arm.FieldNumber, arm.Name)));

        var vectors = SourceTree.Files("tests/vectors/ledger", "*.json").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(
            TransactionCatalogue.All.Select(rules => rules.Name).Append("block_header").Append("genesis").Order(StringComparer.Ordinal), vectors, StringComparer.Ordinal);
    }

    [GeneratedRegex("\"\"\".*?\"\"\"|\\$?@?\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'|//[^\n]*|/\\*.*?\\*/", RegexOptions.Singleline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex StringsAndComments();

    [GeneratedRegex(@"\b(?:double|float|decimal)\b|\bSystem\.(?:Double|Single|Decimal|Half)\b|(?<![\w.])\d[\d_]*(?:\.\d[\d_]*|[eE][+-]?\d+|[fFdDmM]\b)", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex FloatingPoint();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E)\b", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex LeftToDo();
}
