using System.Globalization;
using System.Text.RegularExpressions;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;
using Consortium.Tests.Ledger;

namespace Consortium.Tests.Tidy;

/// <summary>The specification says what the code does, as far as a test can tell.</summary>
public sealed partial class SpecTests
{
    private static readonly string Spec = SourceTree.Read("grains/Consortium.Ledger/SPEC.md");

    [Fact]
    public void Sections_stand_in_the_order_that_comments_refer_to()
    {
        var numbers = Headings().Matches(Spec).Select(match => match.Groups["number"].Value).ToArray();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => i.ToString(CultureInfo.InvariantCulture)), numbers, StringComparer.Ordinal);
        foreach (var path in SourceTree.Files("grains", "*.cs"))
        {
            foreach (Match match in References().Matches(SourceTree.Read(path)))
            {
                Assert.True(
                    Spec.Contains($"\n## {match.Groups["number"].Value}. ", StringComparison.Ordinal) || Spec.Contains($"\n### {match.Groups["number"].Value} ", StringComparison.Ordinal),
                    $"{path} refers to {match.Value}");
            }
        }
    }

    [Fact]
    public void Every_kind_has_a_section_of_its_name_and_no_other_has()
    {
        var expected = TransactionCatalogue.All.Select((rules, index) => $"3.{index + 1} {rules.Name}");
        Assert.Equal(expected, KindHeadings().Matches(Spec).Select(match => match.Groups["name"].Value), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_kind_refers_to_its_section()
    {
        foreach (var (rules, index) in TransactionCatalogue.All.Select((rules, index) => (rules, index)))
        {
            Assert.Contains($"SPEC.md section 3.{index + 1}", SourceTree.Read($"grains/Consortium.Ledger/Transactions/{rules.Kind}/{rules.Kind}Rules.cs"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_table_of_rejections_is_the_enum_with_its_rules() => Assert.Equal(
        Enum.GetValues<Rejection>().Select(rejection => $"| {(int)rejection} | `{rejection}` | {rejection.Rule()} |"),
        Rows("9. Rejections").Where(row => char.IsAsciiDigit(row[2])),
        StringComparer.Ordinal);

    [Fact]
    public void The_table_of_refusals_is_the_enum() => Assert.Equal(
        Enum.GetValues<Refusal>().Select(refusal => $"| {(int)refusal} | `{refusal}` |"),
        Rows("10. Refusals").Where(row => char.IsAsciiDigit(row[2])),
        StringComparer.Ordinal);

    [Fact]
    public void What_a_rejection_records_is_what_the_table_says()
    {
        var table = Rows("9. Rejections").Where(row => row.StartsWith("| `", StringComparison.Ordinal)).Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        Assert.Equal(Enum.GetNames<Rejection>(), table.Select(cells => cells[1].Trim('`')), StringComparer.Ordinal);
        var byName = table.ToDictionary(cells => cells[1].Trim('`'), cells => (Inputs: cells[2], Remedy: cells[3]), StringComparer.Ordinal);
        foreach (var row in RuleRows.All)
        {
            var ledger = new LedgerFixture();
            var attempt = row.Break(ledger, GoodTransactions.Of(row.Kind, ledger));
            foreach (var rejection in ledger.Execute(attempt.Body, attempt.Signers).Rejections)
            {
                var (inputs, remedy) = byName[rejection.Code.ToString()];
                var pattern = Placeholders().Replace(Regex.Escape(remedy.Split(" (without legs: ")[0]), "-?[0-9]+");
                Assert.Matches(
                    rejection.Code == Rejection.DealMovesNothing ? $"^({pattern}|Add at least two legs\\.)$" : $"^{pattern}$",
                    rejection.Remedy);
                var names = inputs.Replace("account or member", rejection.Inputs is [var first, ..] ? first.Name : "account", StringComparison.Ordinal)
                    .Replace(", then deal for each pledge", string.Concat(Enumerable.Repeat(", deal", rejection.Inputs.Count(input => input.Name == "deal"))), StringComparison.Ordinal);
                Assert.Equal(names, string.Join(", ", rejection.Inputs.Select(input => input.Name)));
            }
        }
    }

    [Fact]
    public void Every_rejection_is_named_by_the_section_of_each_kind_that_gives_it()
    {
        foreach (var group in RuleRows.All.GroupBy(row => row.Kind))
        {
            var section = Spec[Spec.IndexOf($" {TransactionCatalogue.Find(group.Key)!.Name}\n", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("\n##", StringComparison.Ordinal)];
            Assert.All(
                group.SelectMany(row => row.Expected).Distinct(),
                expected => Assert.Contains($"`{expected.Code}`", section, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void One_sentence_names_the_commitment_point() =>
        Assert.Single(Regex.Matches(Spec, "is the commitment point", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static IEnumerable<string> Rows(string section)
    {
        var from = Spec.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        Assert.True(from >= 0, section);
        var text = Spec[(from + 1)..];
        var to = text.IndexOf("\n## ", StringComparison.Ordinal);
        return (to < 0 ? text : text[..to]).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^## (?<number>\d+)\. ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^### (?<name>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KindHeadings();

    [GeneratedRegex(@"SPEC\.md section (?<number>\d+(?:\.\d+)?)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex References();

    [GeneratedRegex(@"\\\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Placeholders();
}
